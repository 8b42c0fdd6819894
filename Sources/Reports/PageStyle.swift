/// How the page looks: quiet, in light and dark, on screen and on A4.
let pageStyle: StaticString = """
  :root { --paper: #fcfcfa; --ink: #1e2124; --quiet: #686d73; --line: #e4e4df; --tint: #f3f3ee;
    --accent: #31577e; --bar: #b9cbdc; color-scheme: light dark; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #16181b; --ink: #e5e5e1; --quiet: #989da4; --line: #303439; --tint: #1e2125;
      --accent: #93b6d9; --bar: #33485e; }
  }
  * { box-sizing: border-box; }
  html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
    font: 15px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
      system-ui, sans-serif; }
  body { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
  [data-lang=zh] .en, [data-lang=en] .zh { display: none; }
  header { border-bottom: 2px solid var(--ink); padding-bottom: 1.25rem; }
  h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 .75rem; font-weight: 600; }
  h2 { font-size: 1.25rem; margin: 3rem 0 .5rem; font-weight: 600; }
  h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; font-weight: 600; }
  p, ul { margin: .25rem 0 .75rem; }
  small, .quiet { color: var(--quiet); font-size: .84rem; }
  a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.25rem; margin: 0; }
  dt { color: var(--quiet); }
  dd { margin: 0; }
  nav { float: right; }
  button { font: inherit; color: var(--accent); background: none; cursor: pointer;
    border: 1px solid var(--line); border-radius: 4px; padding: .1rem .7rem; }
  .tiles { display: flex; flex-wrap: wrap;
    gap: 1px; background: var(--line); border: 1px solid var(--line); margin: 1.5rem 0; }
  .tiles div { flex: 1 1 8.5rem; background: var(--paper); padding: .7rem .9rem; }
  .tiles b { display: block; font-size: 1.5rem; font-weight: 500; line-height: 1.3;
    font-variant-numeric: tabular-nums; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem; }
  th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
    border-bottom: 1px solid var(--line); }
  th { font-weight: 500; color: var(--quiet); font-size: .84rem; white-space: nowrap; }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums;
    white-space: nowrap; }
  td.rate { min-width: 9rem; font-variant-numeric: tabular-nums; }
  td.rate b { font-weight: 500; margin-right: .5rem; }
  .bar { display: block; height: 4px; margin: .5rem 0 .15rem; background: linear-gradient(
    to right, var(--accent) var(--share), var(--tint) var(--share)); }
  code { font: .84em ui-monospace, "Cascadia Mono", Consolas, monospace; color: var(--quiet); }
  .tier { display: inline-block; min-width: 2em; text-align: center; padding: 0 .4em;
    border: 1px solid var(--line); border-radius: 3px; background: var(--tint); }
  summary { cursor: pointer; padding: .2rem 0; }
  footer { margin-top: 3.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
  @media print {
    @page { size: A4; margin: 16mm 14mm; }
    html { font-size: 10pt; background: none; }
    body { max-width: none; padding: 0; }
    nav { display: none; }
    h2, h3, summary { break-after: avoid; }
    tr, .tiles { break-inside: avoid; }
    thead { display: table-header-group; }
    a { color: inherit; text-decoration: none; }
    .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
  """

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
