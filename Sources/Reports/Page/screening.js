// @ts-check
// Candidates of one honour with the quota line and how firm it is.

async function screeningView(screening) {
  const rows = await load('screening-' + screening.stem);
  const ranking = run.rankings.find(one => one.id === screening.ranking);
  const groups = [...new Set(rows.map(row => row[4]))];
  const filters = [
    {key: 'decision', title: t('建议', 'Proposal'), of: row => rows[row][0],
      name: value => told(run.proposals[value].title)},
    {key: 'group', title: t('分组', 'Group'), of: row => rows[row][4],
      name: value => value || t('全体', 'all')},
    {key: 'state', title: t('进展', 'State'), of: row => rows[row][14],
      name: value => told(run.states[value])},
    {key: 'near', title: t('名额线', 'Quota line'), of: row => rows[row][10],
      name: value => value ? t('线边', 'near the line') : t('稳定', 'firm')},
  ];
  for (const filter of filters) filter.options = options(rows.length, filter.of, filter.name);
  const decimals = ranking ? ranking.decimals : 1;
  const columns = [
    {key: 'decision', title: t('建议', 'Proposal'), value: row => rows[row][0]},
    {key: 'rank', title: t('名次', 'Rank'), number: true, value: row => rows[row][1] || null},
    {key: 'name', title: t('名称', 'Name'), value: row => rows[row][3] || rows[row][2]},
    groups.length > 1 && {key: 'group', title: t('分组', 'Group'), kind: 'roomy',
      value: row => rows[row][4]},
    {key: 'score', title: t('得分', 'Score'), number: true, down: true,
      value: row => rows[row][5]},
    {key: 'line', title: t('距名额线', 'To the line'), number: true,
      value: row => rows[row][8]},
    {key: 'chance', title: t('换权重仍入选', 'Recommended with other weights'), kind: 'roomy',
      value: row => rows[row][9]},
    {title: t('原因和缺项', 'Reasons and what is missing'), kind: 'roomy'},
  ].filter(Boolean);
  // The line stands between the last that is recommended and the next, as long as rows stand in
  // the order of publication.
  const crosses = (row, shown, place) => {
    if (state.get('sort') || place === 0) return false;
    const before = rows[shown[place - 1]];
    return before[4] === rows[row][4] && before[0] === 0 && rows[row][0] !== 0;
  };
  return [
    heading(screening.title),
    el('nav', {class: 'choices', 'aria-label': t('各项荣誉', 'Honours')}, run.screenings.map(one =>
      el('a', {href: address({screening: one.id}),
        'aria-current': one.id === screening.id ? 'page' : null}, one.title))),
    quiet(t(`名额 ${screening.quota}${groups.length > 1 ? '（各组）' : ''}，候补 ${screening.reserve}。以下均为建议，由有权机关决定。`,
      `Quota ${screening.quota}${groups.length > 1 ? ' in each group' : ''}, reserve `
      + `${screening.reserve}. All are proposals; the competent body decides.`)),
    listing({
      caption: t(`${screening.title}名单`, `Screening list: ${screening.title}`),
      count: () => rows.length, columns, filters, searchHint: t('名称或代码', 'name or code'),
      search: (row, words) => (rows[row][3] + '\n' + rows[row][2]).toLowerCase().includes(words),
      file: `screening/${screening.stem}.csv`,
      note: () => screening.count > rows.length
        ? t(`；本页载有前 ${number(rows.length)} 个，共 ${number(screening.count)} 个`,
          `; the page carries ${number(rows.length)} of ${number(screening.count)}`) : '',
      row: (row, shownRows, place) => {
        const [proposal, rank, id, name, group, score, tier, quota, toLine, chance, near, phrase,
          why, missing, stage, recorded, label] = rows[row];
        const lacks = [];
        for (let at = 0; at < missing.length; at += 2) {
          lacks.push(missing[at] + (missing[at + 1] ? t(`（${missing[at + 1]}）`,
            ` (${missing[at + 1]})`) : ''));
        }
        const reasons = [told(phrase), why].filter(Boolean).join(t('；', '; '));
        const line = crosses(row, shownRows, place) ? el('tr', {class: 'quota'},
          el('td', {colspan: columns.length}, t(`名额线：${group ? group + '，' : ''}前 ${quota} 名`,
            `Quota line: ${group ? group + ', ' : ''}the first ${quota}`))) : null;
        const shownRow = el('tr', {},
          el('td', {}, tag('p-' + run.proposals[proposal].id, told(label)),
            stage ? el('div', {}, tag('p-hold', told(run.states[stage]))) : ''),
          el('td', {class: 'number strong'}, rank ? number(rank) : '—'),
          el('th', {scope: 'row'}, link({ranking: screening.ranking, subject: id}, name || id),
            el('small', {class: 'code'}, id)),
          groups.length > 1 ? el('td', {class: 'roomy'}, group) : '',
          el('td', {class: 'number strong'}, points(score, decimals),
            tier >= 0 && ranking ? el('small', {}, ' ' + ranking.tiers[tier].id) : ''),
          el('td', {class: 'number'}, toLine === null ? '—'
            : (toLine > 0 ? '+' : '') + points(toLine, decimals)),
          el('td', {class: 'roomy firm'}, chance === null ? '' : [
            el('span', {class: 'track', 'aria-hidden': 'true', '--part': percent(chance),
              '--unknown': '0%'}, el('i', {class: 'part'})),
            el('small', {}, percent(chance), near ? t('，不稳', ', not firm') : t('，稳定', ', firm'))],
          chance === null && near ? el('small', {}, t('同分', 'tied')) : ''),
          el('td', {class: 'roomy why'}, reasons, recorded.map(line => el('div', {}, told(line))),
            lacks.length ? el('div', {class: 'quiet'}, t('缺：', 'missing: '),
              lacks.join(t('；', '; '))) : ''));
        return line ? [line, shownRow] : [shownRow];
      },
    }),
  ];
}
