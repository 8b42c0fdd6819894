// @ts-check
// Findings, quarantined rows and delivered files.

// File and line as one place.
const placeOf = (table, row) => table.text('file', row) === '' ? ''
  : table.text('file', row) + (table.number('line', row) === null ? ''
    : t(`，第 ${table.number('line', row)} 行`, `, line ${table.number('line', row)}`));

// What is wrong in a row, and what to do about it.
function faultColumn(table, kind) {
  const [message, cure] = language() === 'zh' ? ['message', 'cure'] : ['message_en', 'cure_en'];
  return {key: 'what', title: table.title('message'), value: row => table.text(message, row),
    cell: row => el('td', {}, table.text(message, row),
      el('small', {class: 'cure'}, table.text(cure, row)),
      el('small', {class: 'kind'}, table.shown(kind, row)))};
}

const placeColumn = table => ({key: 'place', title: label('place'), kind: 'roomy',
  value: row => placeOf(table, row),
  cell: row => el('td', {class: 'roomy place'}, placeOf(table, row))});

async function findingsView() {
  const table = tableOf(await load('findings'));
  const filters = [table.byWord('severity', 'severity'), table.byWord('rule', 'rule'),
    table.byText('file', 'file', t('不限于一个文件', 'no single file'))];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  const what = faultColumn(table, 'rule');
  return [
    heading(label('findings')),
    quiet(t('运行照常进行，但需要有人核对的地方；须处理的在前。',
      'The run went on; these are for a person to look at, the gravest first.')),
    listing({
      caption: label('findings'), count: () => table.count, filters,
      searchHint: t('对象、问题或内容', 'subject, kind or text'),
      search: (row, words) => [table.text('subject', row), table.shown('rule', row),
        table.text('field', row), what.value(row)].join('\n').toLowerCase().includes(words),
      file: 'findings.csv',
      note: () => run.findings > table.count
        ? t(`；本页载有前 ${number(table.count)} 项，共 ${number(run.findings)} 项`,
          `; the page carries ${number(table.count)} of ${number(run.findings)}`) : '',
      columns: [
        {...table.plain('severity'), cell: row => el('td', {},
          tag('s-' + table.word('severity', row).id, table.shown('severity', row)))},
        what,
        {...table.plain('subject', {kind: 'roomy'}),
          cell: row => el('td', {class: 'roomy code'}, table.text('subject', row))},
        placeColumn(table),
        ...table.others(['severity', 'rule', 'subject', 'file', 'line', 'field', 'message',
          'message_en', 'cure', 'cure_en']),
      ],
    }),
  ];
}

async function quarantineView() {
  const table = tableOf(await load('quarantine'));
  const filters = [table.byWord('reason', 'reason'), table.byText('file', 'file')];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  const what = faultColumn(table, 'reason');
  return [
    heading(label('returnedRows')),
    quiet(t(`共 ${number(run.quarantine)} 条未采用；一条记录可有多项原因。按说明更正后重新报送即可。`,
      `${number(run.quarantine)} rows were not accepted; a row may have several reasons. Mend them `
      + 'as said and send them again.')),
    papers(t('退回各单位的工作簿（在其中更正后放回报送文件夹即可）：',
      'Workbooks for the offices (mended in them and put into the delivery, rows are replaced): '),
    run.returned),
    listing({
      caption: label('returnedRows'), count: () => table.count, filters,
      searchHint: t('文件、字段或内容', 'file, field or text'),
      search: (row, words) => [table.text('file', row), table.shown('reason', row),
        table.shown('field', row), table.text('raw', row), what.value(row)].join('\n').toLowerCase().includes(words),
      file: 'quarantine.csv',
      columns: [
        {...placeColumn(table), kind: null,
          cell: row => el('td', {class: 'place'}, placeOf(table, row))},
        table.plain('field'),
        {title: table.title('raw'), kind: 'roomy',
          cell: row => el('td', {class: 'roomy'}, el('q', {}, table.text('raw', row)))},
        what,
        ...table.others(['file', 'line', 'record', 'reason', 'field', 'raw', 'message',
          'message_en', 'cure', 'cure_en']),
      ],
    }),
  ].filter(Boolean);
}

// Who delivered what, beside the run before.
function returnsView() {
  if (!run.returns.length) return [];
  const heads = [t('单位', 'Office'), t('记录', 'Record'), t('来源', 'Profile'),
    t('县区', 'District'), t('文件', 'Files'), t('记录数', 'Rows'), t('上次', 'Before'),
    t('情况', 'State')];
  return [
    el('h3', {id: 'returns'}, t('报送情况', 'Who delivered what')),
    el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'returns'},
      el('table', {},
        el('thead', {}, el('tr', {}, heads.map(head => el('th', {scope: 'col'}, head)))),
        el('tbody', {}, run.returns.map(line => el('tr', {},
          cells(line.office, line.record, line.profile, line.district),
          numbers(line.files, line.rows, line.before === undefined ? '' : line.before),
          el('td', {class: line.due ? 'p-recommend' : null}, told(line.state))))))),
  ];
}

// What of the delivery was not read, and why.
function asideView() {
  if (!run.aside.length) return [];
  return [
    el('h3', {}, t(`未读取（${run.aside.length}）`, `Not read (${run.aside.length})`)),
    el('ul', {class: 'plain'}, run.aside.map(entry => el('li', {}, el('b', {}, entry.path), ' ',
      told(entry.what), el('small', {class: 'cure'}, told(entry.cure))))),
  ];
}

function filesView() {
  const rows = run.files;
  return [
    heading(t('报送文件', 'Delivered files')),
    ...returnsView(),
    quiet(t(`${label('read')} = ${label('accepted')} + ${label('returned')} + ${label('superseded')}；一条记录也不会丢失。`,
      `${label('read')} = ${label('accepted')} + ${label('returned')} + ${label('superseded')}; `
      + 'no row is lost.')),
    listing({
      caption: t('报送文件', 'Delivered files'), count: () => rows.length, filters: [],
      searchHint: t('文件名', 'file name'),
      search: (row, words) => [rows[row].path, rows[row].profile, rows[row].encoding].join('\n')
        .toLowerCase().includes(words),
      file: 'manifest.json',
      columns: [
        {key: 'file', title: label('file'), value: row => rows[row].path,
          cell: row => el('th', {scope: 'row'}, rows[row].path)},
        ...[['profile', t('格式', 'Profile')], ['encoding', t('编码', 'Encoding')]].map(([key, title]) =>
          ({key, title, kind: 'roomy', value: row => rows[row][key],
            cell: row => el('td', {class: 'roomy'}, rows[row][key])})),
        ...[['read', label('read')], ['accepted', label('accepted')],
          ['returned', label('returned')], ['superseded', label('superseded')],
          ['disagree', t('合计不符', 'Totals that disagree')]].map(([key, title]) =>
          ({key, title, number: true, down: true, value: row => rows[row][key],
            cell: row => numbers(rows[row][key])})),
      ],
    }),
    ...asideView(),
    el('h3', {}, t('全部表格', 'All tables')),
    el('ul', {class: 'plain'}, run.tables.map(path => el('li', {}, el('a', {href: path}, path)))),
  ];
}
