// @ts-check
// One ranking, with the interval of every rank drawn.

// The columns of one ranking, joined from the files that hold them.
const lists = new Map();

function listOf(ranking) {
  if (!lists.has(ranking.id)) lists.set(ranking.id, readList(ranking));
  return lists.get(ranking.id);
}

async function readList(ranking) {
  const [count, rules] = [ranking.carried, await load(ranking.stem + '-rules')];
  const column = () => new Int32Array(count);
  const list = {
    rules, ranking, count: 0, id: [], name: [], rank: column(), low: null, high: null,
    before: null,
    cohort: column(), score: column(), upper: column(), assessed: column(), tier: column(),
    status: column(), reason: column(), reasons: [],
    facts: ranking.filters.map(() => ({values: [], of: column()})),
  };
  for (let chunk = 0; chunk * ranking.listSize < count; chunk += 1) {
    const name = `${ranking.stem}-list-${chunk}`;
    addTo(list, await load(name), chunk * ranking.listSize);
    kept.delete(name);
  }
  return list;
}

function addTo(list, more, first) {
  const ids = more.id.split('\n');
  const names = more.name.split('\n');
  for (const id of ids) list.id.push(id);
  for (const name of names) list.name.push(name);
  for (const key of ['rank', 'cohort', 'score', 'upper', 'assessed', 'tier', 'status']) {
    list[key].set(more[key], first);
  }
  if (more.low) {
    list.low = list.low || new Int32Array(list.ranking.carried);
    list.high = list.high || new Int32Array(list.ranking.carried);
    list.low.set(more.low, first);
    list.high.set(more.high, first);
  }
  if (more.before) {
    list.before = list.before || new Int32Array(list.ranking.carried);
    list.before.set(more.before, first);
  }
  list.reason.set(more.reason.map(place => place + list.reasons.length), first);
  list.reasons.push(...more.reasons);
  more.facts.forEach((fact, place) => {
    const mine = list.facts[place];
    const numbers = fact.values.map(value => {
      const known = mine.values.indexOf(value);
      return known < 0 ? mine.values.push(value) - 1 : known;
    });
    mine.of.set(fact.of.map(value => value < 0 ? -1 : numbers[value]), first);
  });
  list.count = list.id.length;
}

// Where the rank lies in its cohort, and between which ranks other weights put it.
function interval(rank, low, high, size) {
  const at = place => (size > 1 ? (place - 1) / (size - 1) * 100 : 0).toFixed(2) + '%';
  return el('span', {class: 'interval', 'aria-hidden': 'true', '--from': at(low || rank),
    '--to': at(high || rank), '--rank': at(rank)}, el('i', {class: 'span'}), el('i', {class: 'dot'}));
}

const notStated = () => t('未说明', 'not stated');

// Whether a row's name or code holds some words in small letters. Texts that are the same in small
// letters, as most names are, are not held twice; codes in capitals meet the words in capitals.
function searchOf(list) {
  const small = text => {
    const lower = text.toLowerCase();
    return lower === text ? text : lower;
  };
  const names = list.name.map(small);
  const isCapital = list.id.every(id => id === id.toUpperCase());
  const ids = isCapital ? list.id : list.id.map(small);
  return (row, words) => names[row].includes(words)
    || ids[row].includes(isCapital ? words.toUpperCase() : words);
}

async function rankingView(ranking) {
  const list = await listOf(ranking);
  const {rules} = list;
  const anySpan = list.low !== null;
  const showsReasons = list.reasons.some(Boolean);
  const tierOf = row => list.tier[row] < 0 ? '' : ranking.tiers[list.tier[row]].id;
  const columns = [
    {key: 'rank', title: t('名次', 'Rank'), number: true,
      value: row => list.rank[row] || null},
    anySpan && {title: t('名次区间', 'Rank interval'), kind: 'span roomy'},
    {key: 'name', title: t('名称', 'Name'), value: row => list.name[row] || list.id[row]},
    list.before && {key: 'rise', title: t('比上次', 'Rise'), number: true, kind: 'roomy', down: true,
      value: row => list.before[row] > 0 && list.rank[row] > 0
        ? list.before[row] - list.rank[row] : null},
    {key: 'cohort', title: t('同组', 'Cohort'), kind: 'roomy',
      value: row => rules.cohorts[list.cohort[row]]},
    {key: 'score', title: t('得分', 'Score'), number: true, down: true,
      value: row => list.score[row]},
    {key: 'assessed', title: t('有据比例', 'Assessed'), number: true, kind: 'roomy',
      value: row => list.assessed[row]},
    {key: 'tier', title: t('等次', 'Tier'),
      value: row => list.tier[row] < 0 ? null : list.tier[row]},
    {key: 'status', title: t('状态', 'Status'), value: row => list.status[row]},
    showsReasons && {title: t('原因', 'Reasons'), kind: 'roomy'},
  ].filter(Boolean);
  const filters = [
    {key: 'cohort', title: t('同组', 'Cohort'), of: row => list.cohort[row],
      name: value => rules.cohorts[value] || t('全体', 'all')},
    {key: 'tier', title: t('等次', 'Tier'), of: row => list.tier[row],
      name: value => value < 0 ? t('无', 'none')
        : [ranking.tiers[value].id, ranking.tiers[value].title].filter(Boolean).join(' ')},
    {key: 'status', title: t('状态', 'Status'), of: row => list.status[row],
      name: value => told(run.statuses[value].title)},
    ...list.facts.map((fact, place) => ({key: 'fact' + place, title: ranking.filters[place],
      of: row => fact.of[row] < 0 ? '' : fact.values[fact.of[row]],
      name: value => value || notStated()})),
  ];
  for (const filter of filters) filter.options = options(list.count, filter.of, filter.name);
  const search = searchOf(list);
  return [
    heading(ranking.title),
    el('nav', {class: 'choices', 'aria-label': t('各项排名', 'Rankings')}, run.rankings.map(one =>
      el('a', {href: address({ranking: one.id}),
        'aria-current': one.id === ranking.id ? 'page' : null}, one.title))),
    quiet(ranking.basis, t(`；版本 ${ranking.edition}；满分 ${ranking.full / 1000}`,
      `; edition ${ranking.edition}; full mark ${ranking.full / 1000}`),
    ranking.draws ? t(`；名次区间为另取 ${number(ranking.draws)} 组权重时十次有九次所在的范围`,
      `; rank interval: where nine of ten of ${number(ranking.draws)} other sets of weights put it`)
      : ''),
    listing({
      caption: t(`${ranking.title}排名`, `Ranking: ${ranking.title}`),
      count: () => list.count, columns, filters,
      searchHint: t('名称或代码', 'name or code'),
      search,
      file: `rankings/${ranking.stem}.csv`,
      note: () => ranking.count > ranking.carried
        ? t(`；本页载有 ${number(ranking.count)} 个中各组、各等次和状态靠前的 ${number(ranking.carried)} 个，其余见表格文件`,
          `; the page carries the first ${number(ranking.carried)} of ${number(ranking.count)}, `
          + 'of every cohort, tier and status; the table has all') : '',
      row: row => {
        const rank = list.rank[row];
        const size = rules.sizes[list.cohort[row]];
        const [low, high] = anySpan ? [list.low[row], list.high[row]] : [0, 0];
        return el('tr', {},
          el('td', {class: 'number strong'}, rank ? number(rank) : '—',
            rank ? el('small', {}, ' / ' + number(size)) : ''),
          anySpan ? el('td', {class: 'span roomy'}, rank ? [interval(rank, low, high, size),
            el('small', {}, low ? `${number(low)}–${number(high)}` : '')] : '') : '',
          el('th', {scope: 'row'},
            link({ranking: ranking.id, subject: list.id[row]}, list.name[row] || list.id[row]),
            el('small', {class: 'code'}, list.id[row])),
          list.before ? el('td', {class: 'number roomy'}, rise(list, row)) : '',
          el('td', {class: 'roomy'}, rules.cohorts[list.cohort[row]]),
          el('td', {class: 'number strong'}, points(list.score[row], ranking.decimals),
            list.upper[row] > list.score[row]
              ? el('small', {}, t('至多 ', 'up to ') + points(list.upper[row], ranking.decimals))
              : ''),
          el('td', {class: 'number roomy'}, percent(list.assessed[row])),
          el('td', {}, tierOf(row) ? tag('tier', tierOf(row)) : ''),
          el('td', {class: 'state'}, told(run.statuses[list.status[row]].title)),
          showsReasons ? el('td', {class: 'roomy why'}, list.reasons[list.reason[row]]) : '');
      },
    }),
  ];
}
