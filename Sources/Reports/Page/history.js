// @ts-check
// What changed since the run before, and one subject through the runs.

const lastRun = () => run.earlier[run.earlier.length - 1];
const signed = (thousandths, decimals) => (thousandths > 0 ? '+' : thousandths < 0 ? '−' : '±')
  + points(Math.abs(thousandths), decimals);

// Why there is nothing to compare with.
const noEarlier = () => quiet(run.previous
  ? t(`运行记录中没有上一批次“${run.previous}”，不作比较。`,
    `The ledger has no run “${run.previous}”, so nothing is compared.`)
  : t('首次运行，没有可比的前次结果。',
    'The first run: there is no earlier result to compare with.'));

// Those who fell to the left, those who rose to the right, of all who were there both times.
function shift({up, down, same}) {
  const all = up + down + same;
  const half = count => (all ? count / all * 50 : 0).toFixed(2) + '%';
  return el('span', {class: 'track shift', 'aria-hidden': 'true', '--up': half(up),
    '--down': half(down)}, el('i', {class: 'down'}), el('i', {class: 'up'}));
}

function changes() {
  const title = el('h3', {id: 'changes'}, t('比上次的变化', 'Change since the last run'));
  const last = lastRun();
  if (!last) return el('section', {'aria-labelledby': 'changes'}, title, noEarlier());
  const rankings = run.rankings.filter(ranking => ranking.change);
  const moved = rankings.filter(ranking => ranking.change.moves.length);
  return el('section', {'aria-labelledby': 'changes'}, title,
    quiet(t(`与“${last.title}”（截止 ${last.asOf}）相比；得分升降只计两次都有结果的对象，等次升降只计两次都有名次的对象。`,
      `Compared with “${last.title}” (as of ${last.asOf}); scores rise and fall of those with a `
      + 'result both times, tiers of those with a rank both times.')),
    table(t('各项排名的变化', 'Changes of each ranking'),
      [t('排名', 'Ranking'), t('降 ← → 升', 'fell ← → rose'), [t('得分上升', 'Score up')],
        [t('下降', 'Down')], [t('不变', 'Same')], [label('tierUp')], [label('tierDown')],
        [label('intoRanking')], [label('outOfRanking')],
        [t('上次未列入', 'Not listed before')], [t('本次未列入', 'Not listed now')]],
      rankings.map(({id, title, change, earlier, edition}) => el('tr', {},
        el('th', {scope: 'row'}, link({ranking: id}, title),
          earlier[earlier.length - 1].edition === edition ? ''
            : el('small', {class: 'basis'}, t(`规则由 ${earlier[earlier.length - 1].edition} 版改为 ${edition} 版`,
              `edition ${earlier[earlier.length - 1].edition} became ${edition}`))),
        el('td', {class: 'wide'}, shift(change)),
        numbers(change.up, change.down, change.same, change.better, change.worse,
          change.ranked, change.unranked, change.entered, change.left))), 'changes'),
    moved.length ? el('details', {class: 'moves'},
      el('summary', {}, t('升降最多的对象', 'Those who rose and fell most')),
      el('div', {class: 'cards'}, moved.map(moves))) : '',
    quiet(t('每个对象为何变化，见运行人员对两个批次所作的比较。',
      `Why each one changed: heng compare ${last.id} ${run.id} --html changes.html`)));
}

function moves(ranking) {
  const rankOf = (rank, tier, tiers) => [rank ? number(rank) : '—', tier < 0 ? '' : ' ' + tiers[tier]];
  const before = ranking.earlier[ranking.earlier.length - 1].tiers;
  return el('div', {class: 'card'}, el('table', {class: 'movers'},
    el('caption', {}, ranking.title),
    el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, label('name')),
      el('th', {scope: 'col', class: 'number'}, label('score')),
      el('th', {scope: 'col', class: 'number'}, t('变化', 'Change')),
      el('th', {scope: 'col', class: 'number'}, label('rank')))),
    el('tbody', {}, ranking.change.moves.map(({id, name, before: then, now}) =>
      el('tr', {},
        el('th', {scope: 'row'}, link({ranking: ranking.id, subject: id}, name || id)),
        numbers(points(now.score, ranking.decimals)),
        el('td', {class: 'number strong'}, signed(now.score - then.score, ranking.decimals)),
        el('td', {class: 'number'}, rankOf(then.rank, then.tier, before), ' → ',
          rankOf(now.rank, now.tier, ranking.tiers.map(one => one.title))))))));
}

// How many ranks a subject rose since the last run; null without a rank then or now.
function riseOf(table, row) {
  const [then, now] = [table.number('rank_before', row), table.number('rank', row)];
  return then > 0 && now > 0 ? then - now : null;
}

function rise(table, row) {
  if (table.number('rank_before', row) < 0) return label('notListed');
  const ranks = riseOf(table, row);
  if (ranks === null) return '—';
  return ranks === 0 ? '=' : ranks > 0 ? '▲ ' + number(ranks) : '▼ ' + number(-ranks);
}

// One subject in the runs before and in this one, the oldest first.
function historySection(list, row, past) {
  const {ranking, table: now} = list;
  const title = el('h3', {}, t('历次结果', 'Through the runs'));
  if (!past) return el('section', {}, title, noEarlier());
  const at = row % ranking.pointsSize;
  const results = past.map((columns, place) => columns && columns.status[at] >= 0 ? {
    ...run.earlier[place], edition: ranking.earlier[place].edition,
    status: columns.status[at], score: columns.score[at], rank: columns.rank[at],
    size: columns.size[at], tier: ranking.earlier[place].tiers[columns.tier[at]] || ''} : null)
    .filter(Boolean);
  if (!results.length) {
    return el('section', {}, title, quiet(t('以前各批次没有这个对象的结果。',
      'None of the earlier runs has a result of this subject.')));
  }
  results.push({id: run.id, title: run.title, asOf: run.asOf, edition: ranking.edition,
    status: now.number('status', row), score: now.number('score', row),
    rank: now.number('rank', row), size: sizeOf(list, row), tier: now.shown('tier', row)});
  return el('section', {}, title, scoreLine(ranking, results),
    table(t('历次结果', 'Results through the runs'),
      [t('截止日期', 'As of'), [label('score')], [t('比前次', 'Change')], label('tier'),
        [label('rank')], label('status'), label('run')],
      results.map((one, place) => el('tr', {}, el('th', {scope: 'row', class: 'state'}, one.asOf),
        el('td', {class: 'number strong'}, points(one.score, ranking.decimals)),
        el('td', {class: 'number'}, place
          ? signed(one.score - results[place - 1].score, ranking.decimals) : ''),
        el('td', {}, one.tier ? tag('tier', one.tier) : '—'),
        el('td', {class: 'number'}, one.rank ? `${number(one.rank)} / ${number(one.size)}` : '—'),
        el('td', {class: 'state'}, told(run.statuses[one.status].title)),
        el('td', {class: 'run'}, one.title, one.edition === ranking.edition ? ''
          : el('small', {class: 'basis'}, t(`规则 ${one.edition} 版`, `edition ${one.edition}`))))),
      'past'));
}

// Scores as a line, on a scale that keeps small changes small.
function scoreLine(ranking, results) {
  const [step, height, side, top, bottom] = [150, 130, 40, 28, 24];
  const width = (results.length - 1) * step + 2 * side;
  const scores = results.map(one => one.score);
  const room = ranking.full / 20;
  const [low, high] = [Math.min(...scores) - room, Math.max(...scores) + room];
  const x = place => side + place * step;
  const y = score => top + (high - score) / (high - low) * (height - top - bottom);
  const svg = shape('svg', {width, height, class: 'line', role: 'img',
    'aria-label': t('历次得分：', 'Scores through the runs: ')
      + results.map(one => `${one.asOf} ${points(one.score, ranking.decimals)}`).join(', ')});
  for (const tier of ranking.tiers) {
    if (tier.from > low && tier.from < high) {
      svg.append(shape('line', {x1: 0, x2: width, y1: y(tier.from), y2: y(tier.from),
        class: 'limit'}), shape('text', {x: 0, y: y(tier.from) - 3, class: 'from'}, tier.title));
    }
  }
  svg.append(shape('polyline', {points: results.map((one, place) =>
    `${x(place).toFixed(1)},${y(one.score).toFixed(1)}`).join(' ')}));
  results.forEach((one, place) => svg.append(
    shape('circle', {cx: x(place), cy: y(one.score), r: place === results.length - 1 ? 4.5 : 3.5,
      class: place === results.length - 1 ? 'now' : null}),
    shape('text', {x: x(place), y: y(one.score) - 9, class: 'score'},
      points(one.score, ranking.decimals)),
    shape('text', {x: x(place), y: height - 4}, one.asOf)));
  return el('div', {class: 'scroll', role: 'region', tabindex: '0',
    'aria-label': t('历次得分', 'Scores through the runs')}, svg);
}
