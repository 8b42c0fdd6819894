// @ts-check
// Delivered ratings beside the tiers that the run works out.

// How many there are of each pair; the overview shows it and leads to the list.
function ratings() {
  if (!run.ratings) return null;
  const counts = tableOf(run.ratings);
  const rows = Array.from({length: counts.count}, (_, row) => {
    const [was, now] = ['delivered', 'computed'].map(id => counts.word(id, row));
    const differs = was && now && was.id !== now.id;
    return el('tr', {class: differs ? 'differs' : null},
      el('th', {scope: 'row'}, counts.shown('rubric', row)),
      el('td', {}, counts.shown('delivered', row) || '—'),
      el('td', {}, counts.shown('computed', row) || '—'),
      el('td', {class: 'number' + (differs ? ' strong' : '')}, differs
        ? link({view: 'ratings', rubric: counts.word('rubric', row).id, was: was.id, now: now.id},
          number(counts.number('subjects', row)))
        : number(counts.number('subjects', row))));
  });
  return el('section', {'aria-labelledby': 'ratings'},
    el('h3', {id: 'ratings'}, label('ratingsCompared')),
    quiet(t('推算的等次只是建议，既有等次在有权机关作出决定以前有效；“—”为没有既有等次或者没有名次。',
      'Computed tiers are proposals; what was announced stands until the competent body decides. '
      + '“—”: none was delivered, or there is no rank.')),
    table(label('ratingsCompared'), [counts.title('rubric'), counts.title('delivered'),
      counts.title('computed'), [counts.title('subjects')]], rows, 'ratings'),
    quiet(link({view: 'ratings'}, label('ratingsDiffer')), t('；', '; '),
      el('a', {href: 'ratings-compared.csv'}, 'ratings-compared.csv')));
}

async function ratingsView() {
  const table = tableOf(await load('ratings'));
  const filters = [table.byWord('rubric', 'rubric'), table.byWord('delivered', 'was'),
    table.byWord('computed', 'now'), table.byWord('direction', 'direction')];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  return [
    heading(label('ratingsDiffer')),
    quiet(t('既有等次与按规则推算的等次不一致的对象；推算的只是建议，由有权机关决定。',
      'Those whose delivered rating is not the tier that the rules give; that is a proposal, and '
      + 'the competent body decides.')),
    listing({
      caption: label('ratingsDiffer'), count: () => table.count, filters,
      searchHint: t('名称或代码', 'name or code'),
      search: (row, words) => (table.text('name', row) + '\n' + table.text('subject', row))
        .toLowerCase().includes(words),
      file: 'ratings-differ.csv',
      columns: [
        {...table.plain('name'), value: row => table.text('name', row) || table.text('subject', row),
          cell: row => {
            const id = table.text('subject', row);
            return el('th', {scope: 'row'},
              link({ranking: table.word('rubric', row).id, subject: id},
                table.text('name', row) || id),
              el('small', {class: 'code'}, id));
          }},
        table.plain('delivered'), table.plain('computed'), table.plain('direction'),
        table.plain('score', {kind: 'roomy'}),
        {title: table.title('reasons'), kind: 'roomy',
          cell: row => el('td', {class: 'roomy why'}, table.text('reasons', row))},
        ...table.others(['subject', 'name', 'delivered', 'computed', 'direction', 'score',
          'reasons']),
      ],
    }),
  ];
}
