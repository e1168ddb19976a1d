/** Goes on to the shop by itself. Without script, the button does it. */
export const CONTINUE_SCRIPT = "document.getElementById('to-shop').submit()\n"

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f2f4f8, #12151b);
  --card: light-dark(#ffffff, #1c2129);
  --text: light-dark(#1b2430, #e9edf3);
  --soft: light-dark(#56616f, #a7b1bf);
  --line: light-dark(#d8dee7, #343c49);
  --accent: light-dark(#1d4fd7, #8fb0ff);
  --on-accent: light-dark(#ffffff, #0e1526);
  --note: light-dark(#fff4d6, #3a2f10);
  --note-text: light-dark(#6b4a00, #ffdf94);
}
* { box-sizing: border-box }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
header, main { width: 100%; max-width: 34rem; margin: 0 auto; padding: 0 1rem }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding-block: 1rem .75rem }
header p {
  margin: 0; padding: .25rem .75rem; border-radius: 999px;
  background: var(--note); color: var(--note-text); font-size: .875rem; font-weight: 600;
}
a { color: var(--accent); padding: .5rem 0 }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: 1.25rem; margin-bottom: 1rem;
}
h1 { margin: 0; font-size: 1.125rem; font-weight: 600 }
h2 { margin: 0 0 .75rem; font-size: 1rem }
.amount { margin: .25rem 0 1rem; font-size: 2rem; font-weight: 700; letter-spacing: -.02em; line-height: 1.2 }
dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .375rem 1rem; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0; text-align: right }
dt.wide, dd.wide { grid-column: 1 / -1; text-align: left }
dd.wide { margin-top: -.375rem }
time { white-space: nowrap }
dl + form, h1 + form { margin-top: 1.25rem }
.status { margin: 1rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); font-weight: 600 }
[role=alert] { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .75rem; background: var(--note); color: var(--note-text) }
label { display: block; margin-bottom: 1rem; color: var(--soft); font-size: .9375rem }
select, input {
  display: block; width: 100%; min-height: 2.875rem; margin-top: .25rem; padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: .625rem; background: var(--page); color: var(--text); font: inherit;
}
button {
  width: 100%; min-height: 3rem; padding: .625rem 1rem; border: 1px solid var(--line); border-radius: .75rem;
  background: var(--card); color: var(--text); font: inherit; font-weight: 600; cursor: pointer;
}
button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent) }
button:hover { filter: brightness(1.06) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem }
.buttons .primary { grid-column: 1 / -1 }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .625rem; align-items: end; margin: 1rem 0 .625rem }
.row label { margin: 0 }
details { margin-bottom: 1rem; border: 1px solid var(--line); border-radius: .75rem; padding: 0 1rem }
summary { padding: .75rem 0; cursor: pointer; color: var(--soft); font-size: .9375rem }
.scroll { overflow-x: auto; margin-bottom: 1rem }
table { width: 100%; border-collapse: collapse; font-size: .875rem }
th, td { overflow-wrap: normal; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { color: var(--soft); font-weight: 500; white-space: nowrap }
td code { overflow-wrap: anywhere }
code { font: .875em ui-monospace, 'SFMono-Regular', Consolas, monospace }
`
