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

// Whom a row is about, and where the page tells more of them.
const bodyColumn = table => ({key: 'subject', title: table.title('name'),
  value: row => table.text('name', row) || table.text('subject', row),
  cell: row => {
    const [id, name] = [table.text('subject', row), table.text('name', row)];
    const ranking = table.word('ranking', row);
    return el('td', {class: 'body'},
      ranking ? link({ranking: ranking.id, subject: id}, name || id) : name || id,
      name && id && name !== id ? el('small', {class: 'code'}, id) : '');
  }});

// Rows by who must act: an office, or else whoever keeps the rules.
const byOffice = (office, books) => ({of: office, title: row => office(row) || run.owner,
  more: row => {
    const book = books.find(one => one.office === office(row));
    return book ? [' ', el('a', {href: book.path}, book.path)] : '';
  }});

async function findingsView() {
  const table = tableOf(await load('findings'));
  const filters = [table.byWord('severity', 'severity'), table.byWord('rule', 'rule'),
    table.byWord('office', 'office', run.owner),
    table.byText('file', 'file', t('不限于一个文件', 'no single file'))];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  const what = faultColumn(table, 'rule');
  // What nobody has said of any finding takes no room.
  const unsaid = table.heads.filter(head => head.kind === 'text'
    && !table.texts(head.id).some(Boolean)).map(head => head.id);
  return [
    heading(label('findings')),
    quiet(t('运行照常进行，但需要有人核对的地方；按由谁处理分组，各组中须处理的在前。',
      'The run went on; these are for a person to look at, by who must act, the gravest first.')),
    listing({
      caption: label('findings'), count: () => table.count, filters,
      searchHint: t('对象、问题或内容', 'subject, kind or text'),
      group: byOffice(row => table.shown('office', row), []),
      search: (row, words) => [table.text('subject', row), table.text('name', row),
        table.shown('office', row), table.shown('rule', row), table.text('field', row),
        what.value(row)].join('\n').toLowerCase().includes(words),
      file: 'findings.csv',
      note: () => run.findings > table.count
        ? t(`；本页载有前 ${number(table.count)} 项，共 ${number(run.findings)} 项`,
          `; the page carries ${number(table.count)} of ${number(run.findings)}`) : '',
      columns: [
        {...table.plain('severity'), cell: row => el('td', {},
          tag('s-' + table.word('severity', row).id, table.shown('severity', row)))},
        what,
        bodyColumn(table),
        placeColumn(table),
        ...table.others([...unsaid, 'severity', 'rule', 'subject', 'name', 'ranking', 'office',
          'file', 'line', 'field', 'message', 'message_en', 'cure', 'cure_en']),
      ],
    }),
  ];
}

async function quarantineView() {
  const table = tableOf(await load('quarantine'));
  const filters = [table.byWord('reason', 'reason'), table.byWord('office', 'office', run.owner),
    table.byText('file', 'file')];
  for (const filter of filters) filter.options = options(table.count, filter.of, filter.name);
  const what = faultColumn(table, 'reason');
  return [
    heading(label('returnedRows')),
    quiet(t(`共 ${number(run.quarantine)} 条未采用；一条记录可有多项原因。按说明更正后重新报送即可。`,
      `${number(run.quarantine)} rows were not accepted; a row may have several reasons. Mend them `
      + 'as said and send them again.')),
    run.returned.length ? quiet(t('按由谁处理分组；在各单位的工作簿中更正后放回报送文件夹即可。',
      'By who must act; mended in the office\u2019s workbook and put into the delivery, rows are '
      + 'replaced.')) : null,
    listing({
      caption: label('returnedRows'), count: () => table.count, filters,
      searchHint: t('文件、字段或内容', 'file, field or text'),
      group: byOffice(row => table.shown('office', row), run.returned),
      search: (row, words) => [table.text('file', row), table.text('subject', row),
        table.text('name', row), table.shown('reason', row), table.shown('field', row),
        table.text('raw', row), what.value(row)].join('\n').toLowerCase().includes(words),
      file: 'quarantine.csv',
      columns: [
        bodyColumn(table),
        {...placeColumn(table), kind: null,
          cell: row => el('td', {class: 'place'}, placeOf(table, row))},
        table.plain('field'),
        {title: table.title('raw'), kind: 'roomy',
          cell: row => el('td', {class: 'roomy'}, el('q', {}, table.text('raw', row)))},
        what,
        ...table.others(['file', 'line', 'record', 'reason', 'field', 'raw', 'subject', 'name',
          'ranking', 'office', 'message',
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
      group: byOffice(row => rows[row].office, run.returned),
      searchHint: t('文件名或单位', 'file name or office'),
      search: (row, words) => [rows[row].path, rows[row].office, rows[row].profile,
        rows[row].encoding].join('\n').toLowerCase().includes(words),
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
