// Elements from plain data. Text is always text: nothing here reads markup.

const SVG = 'http://www.w3.org/2000/svg'

function filled(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue
    if (name === 'class') element.setAttribute('class', value)
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'dataset') Object.assign(element.dataset, value)
    else if (name === 'value' && 'value' in element) element.value = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat(Infinity).filter(each => each !== null && each !== undefined && each !== false))
  return element
}

/** An HTML element: h('button', {class: 'x', onclick: fn}, 'text', child). */
export const h = (tag, props, ...children) => filled(document.createElement(tag), props, children)

/** An SVG element. */
export const svg = (tag, props, ...children) => filled(document.createElementNS(SVG, tag), props, children)

/** Take everything out of an element, and put something else in. */
export function clear(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(each => each !== null && each !== undefined && each !== false))
  return element
}

/** A table that scrolls by itself where it is too wide. */
export function table({ caption, columns, rows }) {
  const cell = (tag, column, content, props = {}) => h(tag, { ...props, class: column?.num ? 'num' : null }, content)
  const head = h('tr', null, columns.map(column => cell('th', column, column.title, { scope: 'col' })))
  const body = rows.map(row => h('tr', null, row.map((content, place) =>
    place === 0 ? cell('th', columns[0], content, { scope: 'row' }) : cell('td', columns[place], content))))
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', null, h('caption', null, caption), h('thead', null, head), h('tbody', null, body)))
}

/** A quiet line. */
export const note = (...text) => h('p', { class: 'note' }, ...text)

const LONG = 400

/** A sentence; of one that lists a hundred things the start, the rest behind a press. */
const shortly = text => (text.length <= LONG ? h('p', null, text)
  : [h('p', null, `${text.slice(0, LONG)} …`), h('details', null, h('summary', null, 'All of it'), h('p', null, text))])

/** What went wrong, said where it went wrong. */
export function failed(error) {
  const faults = (error.faults ?? []).map(one =>
    h('li', null, `${one.file}${one.line ? `:${one.line}:${one.column}` : ''} ${one.path}: ${one.wrong}; ${one.right}`))
  return h('div', { class: 'error', role: 'alert' }, shortly(error.message), faults.length ? h('ul', null, faults) : null)
}

/** A picture's numbers, closed until somebody asks. */
export const behind = (title, make) => {
  const details = h('details', { class: 'behind' }, h('summary', null, title))
  details.addEventListener('toggle', () => {
    if (details.open) clear(details, details.firstChild, make())
  })
  return details
}

// Making one is slow, using it is not.
const grouped = new Map([0, 1, 2, 3].map(places => [places, new Intl.NumberFormat('en', { minimumFractionDigits: places, maximumFractionDigits: places })]))

const placesOf = (size, digits) => (size >= 100 ? 0 : size >= 10 ? Math.min(1, digits - 2) : size >= 1 ? Math.min(1, digits - 1) : 2)
const nothing = text => Number(text.replaceAll(',', '')) === 0

/** A number as a reader wants it: three digits at most, with a true minus. */
export function number(value, digits = 3) {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  const places = placesOf(size, digits)
  const text = size < 1000 ? size.toFixed(places) : grouped.get(places).format(size)
  return (value < 0 && Number(size.toFixed(places)) !== 0 ? '−' : '') + text
}

/** A signed number; what rounds to nothing has no sign. */
export function signed(value, digits = 3) {
  const text = number(Math.abs(value), digits)
  return nothing(text) ? '0' : `${value > 0 ? '+' : '−'}${text}`
}

/** Signed numbers that stand together, with as many decimals each as the largest of them has. */
export function signedAlike(...values) {
  const places = placesOf(Math.max(...values.map(Math.abs)), 3)
  return values.map(value => {
    const text = grouped.get(places).format(Math.abs(value))
    return nothing(text) ? '0' : `${value > 0 ? '+' : '−'}${text}`
  })
}

/** The value of a custom property of the page, as of a theme's colours. */
export const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Hand a file to the reader. */
export function saveFile(name, type, data) {
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }))
  const link = h('a', { href: address, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Keeps the height of a part of the page where its styles find it. */
export function heightOf(element, name) {
  new ResizeObserver(() => document.documentElement.style.setProperty(name, `${element.offsetHeight}px`)).observe(element)
}
