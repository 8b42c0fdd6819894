// @ts-check
// Candidates of one honour with the quota line and how firm it is.

// The columns of a list as they are shown; what the page does not speak of stands behind.
function screeningColumns(table, screening, recorded) {
  const stages = row => table.word('state', row);
  return [
    {...table.plain('decision_proposed'), cell: row => el('td', {},
      tag('p-' + table.word('decision_proposed', row).id, table.shown('decision_proposed', row)),
      stages(row).id === 'proposed' ? ''
        : el('div', {}, tag('p-waiting', table.shown('state', row))))},
    {...table.plain('rank'),
      cell: row => el('td', {class: 'number strong'}, table.shown('rank', row) || '—')},
    {...table.plain('name'), value: row => table.text('name', row) || table.text('subject', row),
      cell: row => {
        const id = table.text('subject', row);
        return el('th', {scope: 'row'},
          link({ranking: screening.ranking, subject: id}, table.text('name', row) || id),
          el('small', {class: 'code'}, id));
      }},
    table.words('group').length > 1 && table.plain('group', {kind: 'roomy'}),
    {...table.plain('score'), down: true,
      cell: row => el('td', {class: 'number strong'}, table.shown('score', row),
        el('small', {}, ' ' + table.shown('tier', row)))},
    {...table.plain('to_line'), cell: row => el('td', {class: 'number'},
      standing(table.number('to_line', row), table.shown('to_line', row)))},
    {...table.plain('chance', {kind: 'roomy'}), cell: row => {
      const chance = table.number('chance', row);
      const near = table.shown('near', row);
      if (chance === null) {
        return el('td', {class: 'roomy firm'},
          near && table.word('near', row).id === 'near' ? el('small', {}, near) : '');
      }
      return el('td', {class: 'roomy firm'},
        el('span', {class: 'track', 'aria-hidden': 'true', '--part': percent(chance),
          '--unknown': '0%'}, el('i', {class: 'part'})),
        el('small', {}, percent(chance), near && t('，', ', '), near));
    }},
    {title: table.title('reasons'), kind: 'roomy', cell: row => el('td', {class: 'roomy why'},
      table.text('reasons', row), (recorded[row] || []).map(line => el('div', {}, told(line))),
      table.text('missing', row) ? el('div', {class: 'quiet'}, table.title('missing'),
        t('：', ': '), table.text('missing', row)) : '')},
    ...table.others(['decision_proposed', 'state', 'rank', 'subject', 'name', 'group', 'score',
      'tier', 'quota_line', 'to_line', 'near', 'chance', 'reasons', 'missing']),
  ].filter(Boolean);
}

// Where a candidate stands against the quota line, in words.
function standing(distance, shown) {
  if (distance === null || !shown) return '—';
  if (distance > 0) {
    return [el('b', {}, '+' + shown), el('small', {}, t('高于线外第一名', 'above the first outside'))];
  }
  return distance < 0
    ? [el('b', {}, shown), el('small', {}, t('低于线内末位', 'below the last inside'))]
    : el('small', {}, t('与名额线对侧同分', 'level with the other side'));
}

// What is proposed in each group that has a quota of its own.
function groupsTable(screening, title) {
  if (!screening.groups.length) return null;
  const shown = run.proposals.map((_, number) => number)
    .filter(number => screening.groups.some(group => group.proposals[number]));
  const rows = screening.groups.map(group => el('tr', {},
    el('th', {scope: 'row'}, group.name
      ? link({screening: screening.id, group: group.name}, group.name) : '—'),
    [screening.quota, screening.reserve, group.count, ...shown.map(at => group.proposals[at])]
      .map(count => el('td', {class: 'number'}, number(count)))));
  return table(t('各组名额和建议', 'Quota and proposals of each group'),
    [title, [t('名额', 'Quota')], [t('候补名额', 'Reserve')],
      [t('候选', 'Candidates')], ...shown.map(at => [told(run.proposals[at].title)])],
    rows, 'groups');
}

async function screeningView(screening) {
  const content = await load('screening-' + screening.stem);
  const table = tableOf(content);
  const isGrouped = table.words('group').length > 1;
  const filters = [
    {...table.byWord('decision_proposed', 'decision'),
      name: value => told(run.proposals.find(one => one.id === value).title)},
    table.byWord('group', 'group', t('全体', 'all')), table.byWord('state', 'state'),
    table.byWord('near', 'near'),
  ];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  const columns = screeningColumns(table, screening, content.recorded);
  // The line stands between the last that is recommended and the next, as long as rows stand in
  // the order of publication.
  const line = (row, shown, place) => {
    if (state.get('sort') || place === 0) return null;
    const before = shown[place - 1];
    // Whoever is held by a reservation keeps the place.
    const isInside = one => {
      const proposal = table.word('decision_proposed', one).id;
      const rank = table.number('rank', one);
      return proposal === 'recommend' || (proposal === 'waiting' && rank > 0
        && rank <= table.number('quota_line', one));
    };
    const group = isGrouped ? table.shown('group', row) : '';
    if (table.shown('group', before) !== table.shown('group', row) || !isInside(before) || isInside(row)) {
      return null;
    }
    const quota = table.shown('quota_line', row);
    return el('tr', {class: 'quota'}, el('td', {colspan: columns.length},
      t(`名额线：${group ? group + '，' : ''}前 ${quota} 名`,
        `Quota line: ${group ? group + ', ' : ''}the first ${quota}`)));
  };
  return [
    heading(screening.title),
    el('nav', {class: 'choices', 'aria-label': label('screenings')}, run.screenings.map(one =>
      el('a', {href: address({screening: one.id}),
        'aria-current': one.id === screening.id ? 'page' : null}, one.title))),
    quiet(t(`名额 ${screening.quota}${isGrouped ? '（各组）' : ''}，候补 ${screening.reserve}。以下均为建议，由有权机关决定。`,
      `Quota ${screening.quota}${isGrouped ? ' in each group' : ''}, reserve `
      + `${screening.reserve}. All are proposals; the competent body decides.`)),
    screening.papers.length > 0
      && el('p', {class: 'papers'}, t('会议用表：', 'For the meeting: '),
        el('a', {href: screening.papers[0]}, t('工作簿（填好后放回报送文件夹，即读作决定）',
          'workbook (filled in and put into the delivery, it is read as decisions)')),
        t('、', ', '),
        el('a', {href: screening.papers[1]}, t('打印页', 'page to print'))),
    screening.notices.length > 0
      && el('p', {class: 'papers'}, t('公示：', 'Public notice: '),
        el('a', {href: screening.notices[0]}, t('文档', 'document')), t('、', ', '),
        el('a', {href: screening.notices[1]}, t('打印页', 'page to print'))),
    groupsTable(screening, table.title('group')),
    screening.ties.length > 0
      && el('ul', {class: 'ties'}, screening.ties.map(one => el('li', {}, told(one)))),
    listing({
      caption: t(`${screening.title}名单`, `Screening list: ${screening.title}`),
      count: () => table.count, columns, filters, searchHint: t('名称或代码', 'name or code'),
      search: (row, words) => (table.text('name', row) + '\n' + table.text('subject', row))
        .toLowerCase().includes(words),
      file: `screening/${screening.stem}.csv`,
      note: () => screening.count > table.count
        ? t(`；本页载有各类靠前的 ${number(table.count)} 个，共 ${number(screening.count)} 个，其余见表格文件`,
          `; the page carries ${number(table.count)} of ${number(screening.count)}, the first of each kind`) : '',
      before: line,
    }),
  ].filter(Boolean);
}
