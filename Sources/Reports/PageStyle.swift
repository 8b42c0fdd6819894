/// How pages of one piece look, such as rubrics and what changed between two runs.
let pageStyle: [StaticString] = [styleTokens, styleBase, sheetStyle]

private let sheetStyle: StaticString = #"""
  body { max-width: 76rem; margin: 0 auto; padding: 2rem 2rem 4rem; }
  [data-lang=zh] .en, [data-lang=en] .zh { display: none; }
  header { border-bottom: 1px solid var(--ink); padding-bottom: 1.25rem; }
  h1 { margin-bottom: .75rem; }
  h2 { font-size: 1.3rem; line-height: 1.4; margin: 3.5rem 0 .6rem; font-weight: 600; }
  h3 { margin: 2rem 0 .4rem; }
  nav { float: right; margin-left: 1rem; }
  th { font-weight: 500; }
  @media (max-width: 36rem) {
    body { padding: 1.25rem 1rem 3rem; }
    h1 { font-size: 1.3rem; }
    dl { grid-template-columns: 1fr; }
  }
  @media print {
    @page { size: A4; margin: 16mm 14mm; }
    html { font-size: 9pt; line-height: 1.5; }
    body { max-width: none; padding: 0; }
    nav { display: none; }
    h2, h3, summary { break-after: avoid; }
    th, td { padding: .9mm 2.5mm .9mm 0; }
    tr, .tiles { break-inside: avoid; }
    thead { display: table-header-group; }
    .scroll { overflow: visible; }
    a { color: inherit; text-decoration: none; }
  }
  """#

/// Switches the language, and unfolds everything before printing.
let pageScript: StaticString = """
  const root = document.documentElement;
  document.querySelector('nav button').addEventListener('click', () => {
    root.dataset.lang = root.lang = root.dataset.lang === 'zh' ? 'en' : 'zh';
  });
  addEventListener('beforeprint', () => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  });
  """
