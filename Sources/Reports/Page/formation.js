// @ts-check
// Who lacks something and how each could get it, with what the plan comes to.

async function formationView() {
  const plan = tableOf(await load('formation'));
  const form = plan.byText('form', 'form');
  form.options = options(plan.count, form.of, form.name);
  const sum = key => run.formations.reduce((all, one) => all + one[key], 0);
  const counts = [
    [sum('alone'), t('单独组建', 'Alone'), t('党员够数，自己组建', 'enough by themselves')],
    [sum('joint'), t('联合组建', 'Together'),
      t(`分为 ${number(sum('groups'))} 个联合`, `in ${number(sum('groups'))} groups`)],
    [sum('area'), t('区域覆盖', 'By area'), t('由所在区域的组织覆盖', 'covered where they are')],
    [sum('otherwise'), t('其他方式', 'Otherwise'), t('暂不能组建', 'cannot yet have one')],
    [sum('unknown'), t('先查明', 'To be ascertained'),
      t('情况不明，不作推定', 'not known, and not guessed')],
  ];
  const all = counts.reduce((total, [count]) => total + count, 0);
  return [
    heading(label('formation')),
    quiet(t(`列入方案的共 ${number(all)} 个，每个只在一个方案中；以下均为建议，由有权机关决定。`,
      `${number(all)} are planned for, each in one proposal; all are proposals, which the `
      + 'competent body decides.')),
    el('ul', {class: 'tiles'}, counts.map(([count, title, meaning]) => el('li', {},
      el('b', {}, number(count)), el('span', {}, title), el('small', {}, meaning)))),
    papers(t('分发用的工作簿：', 'Workbooks to be handed out: '), run.plans),
    listing({
      caption: label('formation'), count: () => plan.count, filters: [form],
      searchHint: t('名称、编号或同组', 'name, id or partner'),
      search: (row, words) => [plan.text('subject', row), plan.text('name', row),
        plan.text('partner_names', row), plan.text('tie', row)].join('\n').toLowerCase()
        .includes(words),
      file: 'formation.csv',
      note: () => all > plan.count ? t(`；本页载有前 ${number(plan.count)} 个，共 ${number(all)} 个`,
        `; the page carries ${number(plan.count)} of ${number(all)}`) : '',
      columns: [
        plan.plain('proposal'),
        {...plan.plain('name'), cell: row => el('th', {scope: 'row'}, plan.text('name', row),
          el('small', {class: 'basis code'}, plan.text('subject', row)))},
        plan.plain('form'),
        {...plan.plain('partner_names', {kind: 'roomy'})},
        ...plan.others(['proposal', 'subject', 'name', 'form', 'partner_names']),
      ],
    }),
  ];
}
