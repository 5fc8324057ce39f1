/** How the installation pages look: paper, ink, one green, in both themes; one small sheet inside the page. */
export const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fbfaf7,#161815);--raised:light-dark(#fffefb,#1a1d19);
--line:light-dark(#e0dccf,#2f342d);--ink:light-dark(#22251f,#e9ebe4);--soft:light-dark(#5f6457,#a2a89a);
--leaf:light-dark(#2a6448,#7fc69e);--deep:light-dark(#1f5039,#97d5b2);--on:light-dark(#fff,#0e1f18);
--wash:light-dark(#e4eee7,#1f3029);--amber:light-dark(#f9efdc,#2e2618);--amberline:light-dark(#d79a3c,#a97a2c);
font:15px/1.55 Inter,ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',sans-serif}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:32px 16px;background:var(--paper);color:var(--ink)}
main{width:100%;max-width:560px;padding:32px;border:1px solid var(--line);border-radius:12px;background:var(--raised)}
header{display:flex;align-items:center;gap:10px;margin-bottom:24px;font-weight:650}
h1{margin:0 0 10px;font-size:24px;line-height:1.25;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:28px 0 10px;font-size:15px}
p{margin:0 0 14px}
.soft,footer{color:var(--soft);font-size:13px}
footer{margin-top:24px;padding-top:16px;border-top:1px solid var(--line)}
.go{display:inline-block;margin:6px 0 2px;padding:10px 18px;border-radius:9px;background:var(--leaf);color:var(--on);
font-weight:600;text-decoration:none}
.go:hover{background:var(--deep)}
a{color:var(--leaf);text-underline-offset:2px}
:focus-visible{outline:2px solid light-dark(#2560d8,#86aefc);outline-offset:2px}
dl{margin:0}
dl>div{display:grid;grid-template-columns:9.5em 1fr;gap:12px;padding:7px 0;border-top:1px solid var(--line)}
dd{margin:0}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.say{padding:2px 7px;border-radius:6px;background:var(--wash)}
.mind{padding:10px 14px;border-left:3px solid var(--amberline);background:var(--amber)}
ol{margin:0 0 14px;padding-left:1.4em}
li{margin:4px 0}
@media(max-width:480px){main{padding:24px 18px}dl>div{grid-template-columns:1fr;gap:0}}
`;

/** A leaf on a green ground. */
export const LEAF =
  '<svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#2f6b4f"/>' +
  '<path d="M9 23c0-8 5-13.5 14.5-14.5C23.500 18 18.500 23.500 11.500 23" fill="#e6efe8"/>' +
  '<path d="M8 25.500C10 20 13.500 16.500 18 14" fill="none" stroke="#2f6b4f" stroke-width="1.800" stroke-linecap="round"/></svg>';
