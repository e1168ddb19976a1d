/** The colours of all pictures: readable on the white that each brings along, and told apart without red and green. */
export const COLORS = {
  ours: '#0b6e99',
  others: '#b8bfc6',
  limit: '#6b7580',
  ink: '#1f2933',
  faint: '#69737d',
  rule: '#e3e6e9',
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Takes a place, a text and attributes; returns a text element. */
export function text(x, y, content, { size = 13, color = COLORS.ink, anchor = 'start', weight = 400 } = {}) {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}" font-weight="${weight}">${escaped(content)}</text>`
}

/** Takes width, height, what it shows in words, and the elements; returns the picture. */
export function svg(width, height, title, elements) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...elements,
    '</svg>',
    '',
  ].join('\n')
}
