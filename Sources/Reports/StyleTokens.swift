/// Colours and typefaces of all pages that the program writes, in light, dark and print.
///
/// One accent; everything else is ink on paper in a few strengths. Chinese typefaces stand first,
/// so that figures and Latin letters come from the same face as the characters around them.
let styleTokens: StaticString = #"""
  :root { --paper: #fbfbf9; --ink: #1d2023; --quiet: #5c6269; --line: #e3e3de; --tint: #efefeb;
    --raised: #fff; --accent: #24588a; --soft: #dfe8f0; color-scheme: light dark;
    --sans: "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC",
      "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif;
    --serif: "Source Han Serif SC", "Noto Serif CJK SC", SimSun, "Songti SC", serif;
    --mono: ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #16181b; --ink: #e4e4e0; --quiet: #a1a7ae; --line: #30343a; --tint: #25292e;
      --raised: #1c1f23; --accent: #8fb8e0; --soft: #25374a; }
  }
  @media print {
    :root { --paper: #fff; --ink: #000; --quiet: #454a50; --line: #c4c6c8; --tint: #eee;
      --raised: #fff; --accent: #24588a; --soft: #dfe8f0; color-scheme: light; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
  * { box-sizing: border-box; }
  """#

/// What all pages for the screen have in common: type, links, tables, bars and counts.
let styleBase: StaticString = #"""
  html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
    font: 15px/1.65 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
  body { margin: 0; overflow-wrap: anywhere; }
  a { color: var(--accent); text-underline-offset: .25em; text-decoration-thickness: 1px;
    text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
  a:hover { text-decoration-color: currentColor; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
  h1 { font-size: 1.6rem; line-height: 1.4; margin: 0; font-weight: 600; text-wrap: balance; }
  h3 { font-size: 1.1rem; line-height: 1.5; margin: 3rem 0 .6rem; font-weight: 600; }
  h4 { font-size: 1rem; margin: 0 0 .5rem; font-weight: 600; }
  p { margin: .25rem 0 .75rem; }
  small, .quiet { color: var(--quiet); font-size: .86rem; }
  .quiet { max-width: 56rem; }
  button, select, input { font: inherit; color: inherit; background: var(--raised);
    border: 1px solid var(--line); border-radius: 6px; padding: .3rem .7rem; max-width: 100%;
    min-height: 2.3rem; }
  button:hover, select:hover, input:hover { border-color: var(--quiet); }
  button { cursor: pointer; color: var(--accent); white-space: nowrap; flex: none; }
  button:disabled { color: var(--quiet); cursor: default; opacity: .55; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.5rem; margin: 0;
    font-size: .9rem; }
  dt { color: var(--quiet); }
  dd { margin: 0; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; color: var(--quiet); font-size: .86rem; padding: .2rem 0; }
  th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0;
    border-bottom: 1px solid var(--line); font-weight: 400; }
  th:last-child, td:last-child { padding-right: 0; }
  thead th { color: var(--quiet); font-size: .86rem; white-space: nowrap; vertical-align: middle;
    border-bottom-color: var(--quiet); }
  .scroll { overflow-x: auto; }
  .number { text-align: right; white-space: nowrap; }
  .strong { font-weight: 600; }
  .number small { font-weight: 400; }
  .code, code { font-family: var(--mono); font-size: .8rem; color: var(--quiet); }
  .tag { display: inline-block; padding: 0 .55em; border-radius: 4px; background: var(--tint);
    font-size: .86rem; line-height: 1.6; white-space: nowrap; }
  .track { position: relative; display: block; height: .5rem; margin: .58rem 0; min-width: 5rem;
    background: var(--tint); border-radius: 1px; }
  .track i { position: absolute; top: 0; bottom: 0; }
  .track .part { left: 0; width: var(--part); background: var(--accent); border-radius: 1px; }
  .track.against .part { background: var(--quiet); }
  .track .unknown { left: var(--part); width: var(--unknown); opacity: .6;
    background: repeating-linear-gradient(115deg, var(--accent) 0 1px, transparent 1px 4px); }
  .track .target { left: calc(var(--at) - 1px); width: 2px; top: -.22rem; bottom: -.22rem;
    background: var(--ink); }
  summary { cursor: pointer; color: var(--accent); padding: .2rem 0; width: max-content;
    max-width: 100%; }
  .tiles { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr));
    gap: 1.5rem 2rem; margin: 1.5rem 0; }
  .tiles li { border-top: 1px solid var(--ink); padding-top: .45rem; }
  .tiles b { display: block; font-size: 1.9rem; line-height: 1.3; font-weight: 400; }
  .tiles a { text-decoration: none; }
  .tiles a:hover { text-decoration: underline; }
  .tiles small { display: block; line-height: 1.5; margin-top: .1rem; }
  .shift { background: linear-gradient(var(--tint) 0 0) center / 100% 100%; min-width: 8rem; }
  .shift::after { content: ""; position: absolute; left: calc(50% - .5px); width: 1px; top: -.2rem;
    bottom: -.2rem; background: var(--ink); }
  .shift .up { left: 50%; width: var(--up); background: var(--accent); }
  .shift .down { right: 50%; width: var(--down); background: var(--quiet); }
  """#
