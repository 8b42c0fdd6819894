// @ts-check
// The overview: counts, what needs a person, spreads of scores, lists.

function overview() {
  document.title = run.title;
  return [
    el('h2', {class: 'unseen', tabindex: '-1', id: 'top'}, t('总览', 'Overview')),
    quiet(t('本页内容均为依据规则得出的建议，由有权机关审定；每一项分值均可追溯到报送的数据行。',
      'Everything here is a proposal under the rules; the competent body decides. Every point can '
      + 'be followed back to a delivered row.')),
    warnings(), first(), people(), headlines(), changes(), coverage(), standings(), selections(),
    ratings(), published(),
  ];
}

// What keeps these results from being taken as they are.
function warnings() {
  const broken = run.aside.filter(entry => entry.broken);
  if (!run.exceeded.length && !broken.length) return null;
  return el('ul', {class: 'warnings', role: 'alert'},
    broken.map(entry => el('li', {}, el('b', {}, entry.path), t('：未读取，', ': not read, '),
      told(entry.what))),
    run.exceeded.map(sentence => el('li', {}, told(sentence))));
}

function headlines() {
  const sum = key => run.files.reduce((total, file) => total + file[key], 0);
  const tiles = run.subjects.map(({title, count}) => [count, title,
    t(`由报送记录归并而成的${title}数，同一主体的多条记录只计一个`,
      `${title}: delivered rows joined by code, each counted once`), null]);
  for (const plan of run.formations) {
    const gained = plan.alone + plan.joint + plan.area;
    tiles.push([gained, t('组建方案可新增覆盖', 'Reached by the plan'),
      t(`单独 ${plan.alone}，联合 ${plan.joint}（${plan.groups} 个），区域 ${plan.area}；另有 `
        + `${plan.otherwise} 个只能用其他方式，${plan.unknown} 个须先查明（formation.csv）`,
      `alone ${plan.alone}, together ${plan.joint} (${plan.groups} groups), by area ${plan.area}; `
        + `${plan.otherwise} others are left, ${plan.unknown} to be ascertained first `
        + '(formation.csv)'), {view: 'formation'}]);
  }
  tiles.push(
    [run.files.length, t('报送文件', 'Files'), t('本次读入的文件数', 'files read in this run'),
      {view: 'files'}],
    [sum('read'), label('read'),
      [label('accepted'), label('returned'), label('superseded')].join(' + '), {view: 'files'}],
    [sum('accepted'), label('accepted'),
      t('通过检查并用于评价的记录', 'rows that passed and count'), {view: 'files'}],
    [run.quarantine, label('returned'),
      t('有差错未采用的记录，更正后重新报送', 'rows with faults, to be mended and sent again'),
      {view: 'quarantine'}],
    [sum('superseded'), label('superseded'),
      t('同一事项已有更新的记录', 'rows that a newer row of the same replaces'), {view: 'files'}],
    [run.findings, label('findings'),
      t('矛盾、缺漏等需要核对之处', 'contradictions and gaps to be looked at'),
      {view: 'findings'}]);
  return el('ul', {class: 'tiles'}, tiles.map(([count, title, meaning, target]) =>
    el('li', {}, el('b', {}, number(count)),
      el('span', {}, target ? link(target, title) : title), el('small', {}, meaning))));
}

// What no rule can settle, with the way there.
function people() {
  const items = [];
  for (const screening of run.screenings) {
    run.proposals.forEach((proposal, number) => {
      if (!['tied', 'waiting'].includes(proposal.id)) return;
      items.push([screening.proposals[number],
        `${screening.title}${t('：', ': ')}${told(proposal.title)}`,
        {screening: screening.id, decision: proposal.id}]);
    });
    items.push(
      [screening.near, t(`${screening.title}：名额线附近，名次不稳或同分`,
        `${screening.title}: near the quota line, not firm or tied`),
      {screening: screening.id, near: 'near'}]);
  }
  const pending = run.statuses.findIndex(status => status.id === 'pending');
  for (const ranking of run.rankings) {
    items.push([ranking.statuses[pending], `${ranking.title}${t('：', ': ')}${told(run.statuses[pending].title)}`, {ranking: ranking.id, status: 'pending'}]);
  }
  const matters = ['unmatched', 'control-total', 'code-differs', 'conflict', 'shared-identity',
    'name-changed', 'code-changed'];
  for (const rule of matters) {
    const kinds = run.findingKinds.filter(kind => kind.rule === rule && kind.severity !== 'note');
    if (!kinds.length) continue;
    // The list that is opened holds as many as are counted here.
    for (const kind of kinds) {
      items.push([kind.count, told(kind.label),
        {view: 'findings', rule, severity: kind.severity}]);
    }
  }
  items.push([run.returns.filter(line => line.due).length,
    t('应报未报，或比上次少一半以上', 'not delivered, or less than half of the last time'),
    {view: 'files'}]);
  items.push([run.quarantine, label('returnedRows'),
    {view: 'quarantine'}]);
  const due = items.filter(item => item[0] > 0);
  if (!due.length) return null;
  return el('section', {'aria-labelledby': 'people'},
    el('h3', {id: 'people'}, label('toDo')),
    el('ul', {class: 'due'}, due.map(([count, title, target]) =>
      el('li', {}, link(target, el('b', {}, number(count)), el('span', {}, title))))),
    papers(t('请各单位补报的材料（工作簿，可直接发出）：',
      'What offices are asked to supply (workbooks, ready to be sent): '), run.asked),
    papers(t('与上一批次对照需要确认的单位（工作簿，填好后放回报送文件夹）：',
      'Bodies to be confirmed against the run before (fill in and put into the delivery): '),
    run.successions));
}

// How the scores of those with a rank are spread, with the lines between tiers.
function distribution(ranking) {
  const most = Math.max(...ranking.scores, 1);
  const [width, height] = [300, 64];
  const step = width / ranking.scores.length;
  const ranked = ranking.scores.reduce((total, count) => total + count, 0);
  const svg = shape('svg', {viewBox: `0 0 ${width} ${height}`, class: 'spread', role: 'img',
    'aria-label': t(`${ranking.title}：${ranked} 个有名次者的得分分布，满分 ${ranking.full / 1000}`,
      `${ranking.title}: spread of ${ranked} scores, full mark ${ranking.full / 1000}`)});
  ranking.scores.forEach((count, place) => {
    const tall = count ? Math.max(1.5, count / most * (height - 6)) : 0;
    const bar = shape('rect', {x: place * step + .5, y: height - 1 - tall, width: step - 1,
      height: tall});
    const from = ranking.full / 1000 / ranking.scores.length * place;
    bar.append(shape('title', {}, `${+from.toFixed(2)}–: ${number(count)}`));
    svg.append(bar);
  });
  for (const tier of ranking.tiers) {
    if (tier.from > 0 && tier.from < ranking.full) {
      const at = tier.from / ranking.full * width;
      svg.append(shape('line', {x1: at, x2: at, y1: 0, y2: height, class: 'limit'}));
    }
  }
  svg.append(shape('line', {x1: 0, x2: width, y1: height - .5, y2: height - .5, class: 'base'}));
  return svg;
}

function standings() {
  if (!run.rankings.length) return null;
  return el('section', {'aria-labelledby': 'rankings'},
    el('h3', {id: 'rankings'}, label('rankings')),
    el('div', {class: 'cards'}, run.rankings.map(ranking => el('article', {class: 'card'},
      el('h4', {}, link({ranking: ranking.id}, ranking.title)),
      distribution(ranking),
      el('p', {class: 'scale', 'aria-hidden': 'true'}, el('span', {}, '0'),
        el('span', {}, t('得分', 'score')), el('span', {}, String(ranking.full / 1000))),
      el('p', {class: 'row'}, ranking.tiers.map((tier, place) =>
        link({ranking: ranking.id, tier: tier.id}, tag('tier', tier.title), ' ',
          number(ranking.tierCounts[place])))),
      el('p', {class: 'row quiet'}, run.statuses.map((status, place) =>
        ranking.statuses[place] ? link({ranking: ranking.id, status: status.id},
          told(status.title), ' ', number(ranking.statuses[place])) : null))))),
    quiet(t('柱为有名次者的得分分布，竖线为等次分界。',
      'Bars: scores of those with a rank; lines: limits of tiers.')));
}

function selections() {
  if (!run.screenings.length) return null;
  return el('section', {'aria-labelledby': 'selections'},
    el('h3', {id: 'selections'}, label('screenings')),
    table(t('各项荣誉的建议', 'Proposals for each honour'),
      [t('荣誉', 'Honour'), [t('名额', 'Quota')], ...run.proposals.map(p => [told(p.title)]),
        [t('线边', 'Near the line')]],
      run.screenings.map(screening => el('tr', {},
        el('th', {scope: 'row'}, link({screening: screening.id}, screening.title)),
        numbers(screening.quota),
        screening.proposals.map((count, place) => el('td', {class: 'number'},
          count ? link({screening: screening.id, decision: run.proposals[place].id}, number(count)) : '0')),
        numbers(screening.near))), 'lists'));
}
