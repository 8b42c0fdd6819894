// @ts-check
// The first screen: the rates that are to be reached, how they stand by group, forms, what moved.

function first() {
  const shown = run.first;
  if (!shown) return null;
  return [tilesOfRates(shown), movedSection(shown), groupsOfRates(shown), formsSection(shown)];
}

// A rate is reached or not by its numbers, not by what is left of them after rounding.
const isReached = ({part, whole, target}) => part * 1000 >= target * whole;

function tilesOfRates(shown) {
  return el('ul', {class: 'tiles rates'}, shown.rates.map(one => el('li', {},
    el('b', {}, one.rate === undefined ? '—' : percent(one.rate),
      one.change ? el('small', {class: 'change'}, one.change) : ''),
    el('span', {}, link({population: one.population, measure: one.measure},
      `${one.populationTitle} · ${one.title}`)),
    el('small', {},
      one.rate === undefined ? '' : `${number(one.part)} / ${number(one.whole)}`,
      one.unknown ? t(`，${number(one.unknown)} 个待查`, `, ${number(one.unknown)} unknown`) : '',
      one.target === undefined || one.rate === undefined ? ''
        : t(`；目标 ${percent(one.target)}，`, `; target ${percent(one.target)}, `)
          + (isReached(one) ? t('已达到', 'reached') : t('未达到', 'not reached')),
      one.before === undefined ? '' : t(`；上次 ${percent(one.before)}`,
        `; last time ${percent(one.before)}`)))));
}

function movedSection(shown) {
  const last = lastRun();
  return el('section', {'aria-labelledby': 'moved'},
    el('h3', {id: 'moved'}, label('moved')),
    shown.moved.length
      ? [el('ol', {class: 'moved'}, shown.moved.map(line => el('li', {}, told(line)))),
        quiet(t(`与“${last.title}”（截止 ${last.asOf}）相比；等次升降只计两次都有名次的对象，各项变动是有名次者平均得分的变动。`,
          `Compared with “${last.title}” (as of ${last.asOf}); tiers of those with a rank both `
          + 'times; parts by the mean points of the ranked.'))]
      : last ? quiet(t('上一批次发布时没有记录这些数字，不作比较。',
        'The ledger does not keep these figures of the last run, so nothing is compared.'))
        : noEarlier());
}

// By county, by committee: a row a group, with each rate and how it changed.
function groupsOfRates(shown) {
  const groups = tableOf(shown.groups);
  const rows = [];
  const width = 1 + shown.rates.length + (groups.has('mean_score') ? 2 : 0);
  let dimension = '';
  for (let row = 0; row < groups.count; row += 1) {
    if (groups.text('dimension', row) !== dimension) {
      dimension = groups.text('dimension', row);
      rows.push(el('tr', {class: 'group'}, el('th', {colspan: width, scope: 'colgroup'},
        t(`按${dimension}`, `By ${dimension}`))));
    }
    rows.push(groupRow(shown, groups, row));
  }
  return el('section', {'aria-labelledby': 'groups'},
    el('h3', {id: 'groups'}, label('byGroup')),
    table(label('byGroup'), ['', ...shown.rates.map(one =>
      [el('span', {}, one.populationTitle, el('br'), one.title)]),
    ...(groups.has('mean_score') ? [[groups.title('mean_score')],
      [el('span', {}, shown.best, el('br'), groups.title('best_share'))]] : [])], rows, 'grouped'),
    quiet(t('着色的未达到目标；▲▼ 为比上次升降的百分点；',
      'Coloured: the target is not reached. ▲▼: percentage points since the last run; '),
      shown.rubricTitle ? t(`得分和等次为“${shown.rubricTitle}”有名次者的，人数太少的组不列；`,
        `scores and tiers are those of the ranked in “${shown.rubricTitle}”, not told of small `
        + 'groups; ') : '',
      el('a', {href: 'overview.csv'}, 'overview.csv')));
}

function groupRow(shown, groups, row) {
  return el('tr', {},
    el('th', {scope: 'row'}, groups.text('group', row) || t('全部', 'All')),
    shown.rates.map(one => {
      const share = groups.number(one.id, row);
      const change = groups.text(one.id + '_change', row);
      const missed = share !== null && one.target !== undefined && share < one.target;
      return el('td', {class: 'number' + (missed ? ' missed' : '')},
        share === null ? '—' : percent(share), el('small', {class: 'change'}, change));
    }),
    groups.has('mean_score') ? ['mean_score', 'best_share'].map(id =>
      el('td', {class: 'number'}, groups.shown(id, row) || '—')) : '');
}

function formsSection(shown) {
  if (!shown.forms) return null;
  const forms = tableOf(shown.forms);
  const counts = ['units', 'organizations', 'members'];
  const cell = (id, row) => {
    const unknown = forms.has(id + '_unknown') ? forms.number(id + '_unknown', row) : 0;
    return el('td', {class: 'number'}, forms.shown(id, row) || '—', unknown
      ? el('small', {class: 'change'}, t(`另 ${number(unknown)} 家不明`, `${number(unknown)} unknown`))
      : '');
  };
  const sum = id => {
    let all = 0;
    for (let row = 0; row < forms.count; row += 1) all += forms.number(id, row) || 0;
    return number(all);
  };
  const rows = Array.from({length: forms.count}, (_, row) => el('tr', {},
    el('th', {scope: 'row'}, forms.text('form_title', row)), counts.map(id => cell(id, row))));
  rows.push(el('tr', {class: 'sum'}, el('th', {scope: 'row'}, t('合计', 'All')),
    counts.map(id => el('td', {class: 'number strong'}, sum(id)))));
  return el('section', {'aria-labelledby': 'forms'}, el('h3', {id: 'forms'}, label('forms')),
    quiet(t('口径：', 'Populations: '),
      [...new Set(shown.rates.map(one => one.populationTitle))].join(t('、', ', '))),
    table(label('forms'), [forms.title('form_title'), ...counts.map(id => [forms.title(id)])],
      rows, 'forms'),
    quiet(el('a', {href: 'forms.csv'}, 'forms.csv')));
}
