extension ReportPage {
  /// The look of the page: light and dark by the reader's setting, telephone, and A4.
  static let style = """
    :root{--paper:#fff;--ink:#1b1b1f;--soft:#55555f;--line:#d5d5de;--link:#0b57a4;--band:#f4f4f8}
    @media (prefers-color-scheme:dark){:root{--paper:#16161a;--ink:#ececf1;--soft:#b4b4c0;--line:#3a3a44;\
    --link:#8fc1ff;--band:#1f1f25}}
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink);font:16px/1.5 "Liberation Sans",Arimo,Arial,Helvetica,sans-serif}
    body{margin:0 auto;max-width:74rem;padding:1rem}
    h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
    h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
    h3{font-size:1rem;margin:1.4rem 0 .4rem}
    h4{font-size:.95rem;margin:0 0 .3rem}
    a{color:var(--link);overflow-wrap:anywhere}
    a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .meta,figcaption,footer{color:var(--soft)}
    nav a{margin-right:.8rem;display:inline-block;padding:.2rem 0}
    .answer{font-size:1.15rem;max-width:60rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
    th,td{padding:.3rem .7rem .3rem 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--line)}
    th{font-weight:600}
    th[scope=row],.words,thead .words{text-align:left}
    th[scope=row]{font-weight:400;min-width:12rem}
    td:not(.words){white-space:nowrap}
    figure{margin:1.2rem 0}
    figure svg{max-width:100%;height:auto;display:block}
    figcaption{font-size:.92rem;max-width:60rem;margin-top:.4rem}
    article{margin:1rem 0 1.6rem}
    .sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem;background:var(--band);padding:.8rem;margin:.4rem 0}
    .quote{color:var(--soft)}
    .rows{list-style:none;padding:0;font-size:.9rem}
    .rows li{padding:.25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
    .rows li:target,tr:target{background:var(--band);outline:2px solid var(--link)}
    footer{margin-top:3rem;border-top:1px solid var(--line);font-size:.85rem;overflow-wrap:anywhere}
    summary{cursor:pointer;padding:.3rem 0}
    @media (max-width:640px){.sides{grid-template-columns:1fr}figure svg{max-width:none;min-width:640px}\
    thead{display:none}table,tbody,tr,th,td{display:block;text-align:left;border:0}tr{padding:.5rem 0;\
    border-bottom:1px solid var(--line)}th[scope=row]{font-weight:600}td{padding:.1rem 0}td:empty{display:none}\
    td:not(.words){white-space:normal}td::before{content:attr(data-label) ": ";color:var(--soft)}}
    @media print{@page{size:A4;margin:14mm}html{font-size:10.5pt;background:#fff;color:#000}nav{display:none}\
    .scroll{overflow:visible}figure,article,tr{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}\
    table{font-size:8.5pt}}
    """
}
