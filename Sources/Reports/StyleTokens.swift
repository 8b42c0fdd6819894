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
