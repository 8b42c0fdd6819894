// @ts-check
// What the pack has counted beside the rankings: for the whole, or for one county or committee.

async function statisticsView() {
  const counted = tableOf(await load('statistics'));
  const own = id => id + (language() === 'zh' ? '' : '_en');
  const all = Array.from({length: counted.count}, (_, row) => row);
  const wholes = all.filter(row => !counted.text('dimension', row));
  const groupOf = row => counted.text('dimension', row) + '·' + counted.text('group', row);
  const dimensions = new Map();
  for (const row of all) {
    const dimension = counted.text('dimension', row);
    if (!dimension) continue;
    if (!dimensions.has(dimension)) dimensions.set(dimension, new Map());
    dimensions.get(dimension).set(groupOf(row), counted.text('group', row));
  }
  const chosen = state.get('group') || '';
  const rows = chosen ? all.filter(row => groupOf(row) === chosen) : wholes;
  const words = new Map(wholes.map(row => [counted.text('statistic', row), row]));

  const choice = el('select', {id: 'group', onchange: event => {
    if (event.target.value) state.set('group', event.target.value); else state.delete('group');
    history.replaceState(null, '', '#' + state);
    show().then(() => document.getElementById('group').focus());
  }}, el('option', {value: '', selected: !chosen}, t('全部', 'All')),
  [...dimensions].map(([dimension, groups]) => el('optgroup', {label: dimension},
    [...groups].map(([value, name]) => el('option', {value, selected: value === chosen}, name)))));

  const body = [];
  let section = '';
  for (const row of rows) {
    if (counted.text(own('section'), row) !== section) {
      section = counted.text(own('section'), row);
      body.push(el('tr', {class: 'group'}, el('th', {colspan: 5, scope: 'colgroup'}, section)));
    }
    body.push(statisticRow(counted, row, words.get(counted.text('statistic', row)), own));
  }
  return [
    heading(label('statistics')),
    quiet(t('只作统计，不改变任何评价结果；没有报送的不当作零，另列为待查。',
      'Counted only: no result depends on it. What was not delivered is not taken as zero, but '
      + 'stands beside as unknown.')),
    el('div', {class: 'tools'}, el('div', {}, el('label', {for: 'group'}, t('分组', 'Group')),
      choice)),
    table(label('statistics'), [counted.title(own('title')), [counted.title('number')],
      [counted.title('unknown')], [counted.title('subjects')], counted.title(own('definition'))],
    body, 'figures'),
    quiet(t('全部内容和分组：', 'All rows and groups: '),
      el('a', {href: 'statistics.csv'}, 'statistics.csv')),
  ];
}

function statisticRow(counted, row, whole, own) {
  const note = counted.text(own('note'), whole);
  return el('tr', {},
    el('th', {scope: 'row'}, counted.text(own('title'), row)),
    el('td', {class: 'number strong'}, counted.text('number', row) || '—',
      counted.text('number', row) ? unitOf(counted, row) : ''),
    el('td', {class: 'number'}, counted.shown('unknown', row)),
    el('td', {class: 'number'}, counted.shown('subjects', row)),
    el('td', {}, counted.text(own('definition'), whole),
      note ? el('small', {class: 'basis'}, note) : ''));
}
