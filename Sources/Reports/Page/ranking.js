// @ts-check
// One ranking, with the interval of every rank drawn.

// The columns of one ranking, joined from the files that hold them.
const lists = new Map();

function listOf(ranking) {
  if (!lists.has(ranking.id)) lists.set(ranking.id, readList(ranking));
  return lists.get(ranking.id);
}

async function readList(ranking) {
  const rules = await load(ranking.stem + '-rules');
  const list = {rules, ranking, table: new Table(rules, ranking.carried),
    facts: ranking.filters.map(() => ({values: [], of: new Int32Array(ranking.carried)}))};
  for (let chunk = 0; chunk * ranking.listSize < ranking.carried; chunk += 1) {
    const name = `${ranking.stem}-list-${chunk}`;
    addTo(list, await load(name), chunk * ranking.listSize);
    kept.delete(name);
  }
  return list;
}

function addTo(list, more, first) {
  list.table.add(more);
  more.facts.forEach((fact, place) => {
    const mine = list.facts[place];
    const numbers = fact.values.map(value => {
      const known = mine.values.indexOf(value);
      return known < 0 ? mine.values.push(value) - 1 : known;
    });
    mine.of.set(fact.of.map(value => value < 0 ? -1 : numbers[value]), first);
  });
}

// How many there are in a row's cohort, and what it is called.
const sizeOf = (list, row) => list.rules.sizes[list.table.number('cohort', row)];

// Where the rank lies in its cohort, and between which ranks other weights put it.
function interval(rank, low, high, size) {
  const at = place => (size > 1 ? (place - 1) / (size - 1) * 100 : 0).toFixed(2) + '%';
  return el('span', {class: 'interval', 'aria-hidden': 'true', '--from': at(low || rank),
    '--to': at(high || rank), '--rank': at(rank)}, el('i', {class: 'span'}), el('i', {class: 'dot'}));
}

const notStated = () => label('notStated');

// Whether a row's name or code holds some words in small letters. Texts that are the same in small
// letters, as most names are, are not held twice; codes in capitals meet the words in capitals.
function searchOf(list) {
  const small = text => {
    const lower = text.toLowerCase();
    return lower === text ? text : lower;
  };
  const names = list.table.texts('name').map(small);
  const codes = list.table.texts('subject');
  const isCapital = codes.every(id => id === id.toUpperCase());
  const ids = isCapital ? codes : codes.map(small);
  return (row, words) => names[row].includes(words)
    || ids[row].includes(isCapital ? words.toUpperCase() : words);
}

// The columns of a ranking as they are shown; what the page does not speak of stands behind.
function rankingColumns(list) {
  const {table, ranking} = list;
  const spans = table.has('rank_low');
  return [
    {...table.plain('rank'), cell: row => {
      const rank = table.number('rank', row);
      return el('td', {class: 'number strong'}, rank ? number(rank) : '—',
        rank ? el('small', {}, ' / ' + number(sizeOf(list, row))) : '');
    }},
    spans && {title: t('名次区间', 'Rank interval'), kind: 'span roomy', cell: row => {
      const [rank, low, high] = ['rank', 'rank_low', 'rank_high'].map(id => table.number(id, row));
      return el('td', {class: 'span roomy'}, rank ? [interval(rank, low, high, sizeOf(list, row)),
        el('small', {}, low ? `${number(low)}–${number(high)}` : '')] : '');
    }},
    {...table.plain('name'), value: row => table.text('name', row) || table.text('subject', row),
      cell: row => {
        const id = table.text('subject', row);
        return el('th', {scope: 'row'},
          link({ranking: ranking.id, subject: id}, table.text('name', row) || id),
          el('small', {class: 'code'}, id));
      }},
    table.has('rank_before') && {...table.plain('rank_before'), key: 'rise', kind: 'roomy',
      down: true, value: row => riseOf(table, row),
      cell: row => el('td', {class: 'number roomy'}, rise(table, row))},
    table.plain('cohort', {kind: 'roomy'}),
    {...table.plain('score'), down: true, cell: row => {
      const [score, upper] = [table.number('score', row), table.number('score_upper', row)];
      return el('td', {class: 'number strong'}, points(score, ranking.decimals), upper > score
        ? el('small', {}, t('至多 ', 'up to ') + points(upper, ranking.decimals)) : '');
    }},
    table.plain('assessed_share', {kind: 'roomy'}),
    {...table.plain('tier'), cell: row => {
      const tier = table.shown('tier', row);
      return el('td', {}, tier ? tag('tier', tier) : '');
    }},
    {...table.plain('status'), cell: row => el('td', {class: 'state'}, table.shown('status', row))},
    table.texts('reasons').some(Boolean) && {title: table.title('reasons'), kind: 'roomy',
      cell: row => el('td', {class: 'roomy why'}, table.text('reasons', row))},
    ...table.others(['rank', 'rank_low', 'rank_high', 'subject', 'name', 'rank_before', 'cohort',
      'score', 'score_upper', 'assessed_share', 'tier', 'status', 'reasons']),
  ].filter(Boolean);
}

async function rankingView(ranking) {
  const list = await listOf(ranking);
  const {table} = list;
  const filters = [
    table.byWord('cohort', 'cohort', t('全体', 'all')), table.byWord('tier', 'tier'),
    table.byWord('status', 'status'),
    ...list.facts.map((fact, place) => ({key: 'fact' + place, title: ranking.filters[place],
      of: row => fact.of[row] < 0 ? '' : fact.values[fact.of[row]],
      name: value => value || notStated()})),
  ];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  return [
    heading(ranking.title),
    el('nav', {class: 'choices', 'aria-label': label('rankings')}, run.rankings.map(one =>
      el('a', {href: address({ranking: one.id}),
        'aria-current': one.id === ranking.id ? 'page' : null}, one.title))),
    quiet(ranking.basis, t(`；版本 ${ranking.edition}；满分 ${ranking.full / 1000}`,
      `; edition ${ranking.edition}; full mark ${ranking.full / 1000}`),
    ranking.interval ? t('；名次区间：', '; rank interval: ') + told(ranking.interval) : ''),
    listing({
      caption: t(`${ranking.title}排名`, `Ranking: ${ranking.title}`),
      count: () => table.count, columns: rankingColumns(list), filters,
      searchHint: t('名称或代码', 'name or code'),
      search: searchOf(list),
      file: `rankings/${ranking.stem}.csv`,
      note: () => ranking.count > ranking.carried
        ? t(`；本页载有 ${number(ranking.count)} 个中各组、各等次和状态靠前的 ${number(ranking.carried)} 个，其余见表格文件`,
          `; the page carries the first ${number(ranking.carried)} of ${number(ranking.count)}, `
          + 'of every cohort, tier and status; the table has all') : '',
    }),
  ];
}
