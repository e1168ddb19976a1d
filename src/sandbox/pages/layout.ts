import { type Html, html } from './html.ts'
import { type Language, TEXTS } from './texts.ts'

/** A page. `file` is where its forms and links point to, relative to the folder of the short URLs. */
export function layout(language: Language, file: string, main: Html, head: Html | undefined = undefined): string {
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${TEXTS.title[language]} · PayAPI sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
${head}
</head>
<body>
<header>
<p>${TEXTS.sandbox[language]}</p>
<a href="${file}?lang=${other}" lang="${other}" hreflang="${other}">${TEXTS.otherLanguage[language]}</a>
</header>
${main}
</body>
</html>
`.text
}

/** A page that says one thing. */
export function messagePage(language: Language, file: string, title: string, text: string): string {
  return layout(language, file, html`<main><section><h1>${title}</h1><p>${text}</p></section></main>`)
}
