// A chart as a file that stands by itself: a picture with its key and its caveat, and its numbers.

import { HEIGHT as CHART, PINS, dotted, monthNames, rounded, short, ticksOf } from './charts.js'
import { csvLine } from './csv.js'
import { svg } from './dom.js'

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP] = [760, 450, 62, 24, 62]
const FLOOR = HEIGHT - 118
// Colours of the light theme: a file is put into light documents.
const INK = { text: '#1b1f23', soft: '#555e67', line: '#dcd8cf', paper: '#fffdf9', outer: '#d3e4ef', inner: '#92bedb', middle: '#0b5c8a', A: '#b24a00', B: '#00694c', C: '#8a3d78', D: '#7a5a00' }
const CAVEAT = 'Conditional scenario. Frequencies describe the model; they describe the world only where a score is shown.'

/** `shown` is {now, base, pins, spec, title, start, mode}; frames and places as in charts. */
export function picture(shown) {
  const { now, base, pins, spec, start, mode } = shown
  const length = now.frame.header.months
  const main = mode === 'paths'
    ? Array.from({ length: now.frame.shapes.paths[1] }, (_, run) => now.frame.row('paths', now.place, run))
    : [0, 1, 2, 3, 4].map(row => now.frame.row('bands', now.place, row))
  const beside = [base && { dash: '4 4', colour: INK.soft, name: 'baseline', row: middle(base) },
    ...pins.map(pin => ({ dash: PINS[pin.letter].dash.join(' '), colour: INK[pin.letter], name: `${pin.letter} ${pin.name}`, row: middle(pin) }))].filter(Boolean)
  const heading = [svg('title', null, shown.title), svg('rect', { width: WIDTH, height: HEIGHT, fill: INK.paper }),
    words(24, 28, shown.title, { 'font-size': 16, 'font-weight': 600 }), words(24, 46, [spec.unit, shown.moved && `moved: ${shown.moved}`].filter(Boolean).join(' · '), { fill: INK.soft })]
  const file = drawn => svg('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'font-family': 'system-ui, sans-serif', 'font-size': 12 }, heading, drawn, foot(now.frame.header))
  if (mode === 'dots') return file([dots(shown), key(beside, mode, spec)])
  const scale = scaled([...main, ...beside.map(one => one.row)], spec, length)
  return file([axes(scale, monthNames(start, length)),
    mode === 'paths' ? main.map((row, run) => stroke(scale, row, INK.middle, run ? 1 : 2.2, null, run ? 0.45 : 1)) : fan(scale, main),
    beside.map(one => stroke(scale, one.row, one.colour, 1.8, one.dash)),
    key(beside, mode, spec)])
}

/** The dots of the page, with their colours in them: a file has no sheet of styles. */
function dots({ now, base, pins, spec }) {
  const [wide, high] = [WIDTH - 48, FLOOR - TOP + 12]
  const rows = [{ ...now, letter: 'now' }, ...(base ? [{ ...base, letter: 'base' }] : []), ...pins]
  const drawn = dotted(rows.map(one => ({ letter: one.letter, dots: one.frame.row('dots', one.place) })), spec, Math.round(CHART * wide / high))
  drawn.removeAttribute('aria-hidden')
  for (const one of drawn.querySelectorAll('[class]')) {
    const [name, hollow] = [...one.classList]
    const colour = { rule: INK.line, tick: INK.soft, 'dot-now': INK.middle, 'dot-base': INK.soft }[name] ?? INK[name.slice(-1)]
    const found = name === 'rule' ? { stroke: colour } : hollow ? { fill: 'none', stroke: colour } : { fill: colour }
    for (const [key, value] of Object.entries(found)) one.setAttribute(key, value)
    one.removeAttribute('class')
  }
  for (const [key, value] of Object.entries({ x: 24, y: TOP, width: wide, height: high })) drawn.setAttribute(key, value)
  return drawn
}

const middle = one => one.frame.row('bands', one.place, 2)
const words = (x, y, text, more = {}) => svg('text', { x, y, fill: INK.text, ...more }, text)

function scaled(rows, spec, length) {
  let low = spec.floor ?? Infinity
  let high = spec.ceiling ?? -Infinity
  for (const row of rows) for (const value of row) { low = Math.min(low, value); high = Math.max(high, value) }
  const step = stepOf(high - low || 1)
  const bottom = Math.floor(low / step + 1e-9) * step
  const top = Math.ceil(high / step - 1e-9) * step || step
  return {
    x: at => LEFT + (WIDTH - LEFT - RIGHT) * (at / Math.max(1, length - 1)),
    y: value => FLOOR - (FLOOR - TOP) * ((value - bottom) / (top - bottom || 1)),
    ticks: Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, at) => bottom + at * step),
    step, length,
  }
}

/** A round step of which about five make the range. */
function stepOf(range) {
  const raw = range / 5
  const size = 10 ** Math.floor(Math.log10(raw))
  return [1, 2, 5, 10].find(each => each * size >= raw) * size
}

function axes({ x, y, ticks, step, length }, names) {
  return [
    ticks.map(value => [svg('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value), stroke: INK.line }), words(LEFT - 8, y(value) + 4, rounded(value, step), { 'text-anchor': 'end', fill: INK.soft })]),
    ticksOf(length).map(at => words(x(at), FLOOR + 18, short(names[at]), { 'text-anchor': at ? 'middle' : 'start', fill: INK.soft })),
  ]
}

const path = ({ x, y }, row) => [...row].map((value, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('')
const stroke = (scale, row, colour, width, dash, opacity) => svg('path', { d: path(scale, row), fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash, 'stroke-opacity': opacity })

function fan(scale, [p05, p25, p50, p75, p95]) {
  const area = (down, up, fill) => {
    const back = [...down].map((value, at) => `L${scale.x(at).toFixed(1)} ${scale.y(value).toFixed(1)}`).reverse().join('')
    return svg('path', { d: `${path(scale, up)}${back}Z`, fill })
  }
  return [area(p05, p95, INK.outer), area(p25, p75, INK.inner), stroke(scale, p50, INK.middle, 2.4)]
}

function key(beside, mode, spec) {
  if (mode === 'dots') beside = beside.map(one => ({ ...one, kind: 'dot' }))
  const shades = mode === 'dots' ? [['dot', INK.middle, spec.kind === 'frequency' ? 'a twentieth of the runs each; filled: it happened' : 'a twentieth of the runs each, where they end']]
    : mode === 'paths' ? [['line', INK.middle, '20 single runs']]
    : spec.kind === 'frequency' ? [['line', INK.middle, 'share of runs'], ['area', INK.inner, '90 % Monte Carlo interval']]
      : [['line', INK.middle, 'median of the runs'], ['area', INK.inner, 'half of the runs'], ['area', INK.outer, 'nine tenths of the runs']]
  const every = [...shades.map(([kind, colour, text]) => ({ kind, colour, text })), ...beside.map(one => ({ ...one, text: clipped(one.name) }))]
  let [x, y] = [LEFT, FLOOR + 42]
  return every.map(one => {
    const width = 32 + one.text.length * 6.5
    if (x + width > WIDTH - RIGHT) [x, y] = [LEFT, y + 18]
    const at = x
    x += width + 14
    return [sample(one, at, y), words(at + 32, y, one.text)]
  })
}

const clipped = name => (name.length > 34 ? `${name.slice(0, 33)}…` : name)

function sample({ kind, colour, dash }, x, y) {
  if (kind === 'dot') return svg('circle', { cx: x + 18, cy: y - 4, r: 4.5, fill: colour })
  if (kind === 'area') return svg('rect', { x, y: y - 10, width: 26, height: 12, fill: colour })
  return svg('line', { x1: x, x2: x + 26, y1: y - 4, y2: y - 4, stroke: colour, 'stroke-width': 2.4, 'stroke-dasharray': dash })
}

function foot(header) {
  return [words(24, HEIGHT - 26, CAVEAT, { fill: INK.soft, 'font-size': 11 }),
    words(24, HEIGHT - 11, `Tightrope · ${header.runs.toLocaleString('en')} runs · seed ${header.seed} · case ${header.digest.slice(0, 12)}`, { fill: INK.soft, 'font-size': 11 })]
}

/** The bands of every scenario in the picture as text, one column saying which; what they are stands in the first line. */
export function bandsText({ now, base, pins, spec, start, moved }) {
  const { header } = now.frame
  const frequency = spec.kind === 'frequency'
  const columns = frequency ? [2, 0, 4] : [0, 1, 2, 3, 4]
  const [year, month] = start.split('-').map(Number)
  const name = at => `${year + Math.floor((month - 1 + at) / 12)}-${String((month - 1 + at) % 12 + 1).padStart(2, '0')}`
  const series = [{ ...now, called: moved ? `now: ${moved}` : 'baseline' }, ...(base ? [{ ...base, called: 'baseline' }] : []), ...pins.map(pin => ({ ...pin, called: `${pin.letter}: ${pin.name}` }))]
  const rows = series.flatMap(one => Array.from({ length: header.months }, (_, at) =>
    csvLine([one.called, name(at), ...columns.map(row => Number(one.frame.at('bands', one.place, row, at).toPrecision(7)))])))
  return [`# ${spec.title}; ${spec.unit}; ${header.runs} runs; seed ${header.seed}; case ${header.digest}; ${moved ? `moved: ${moved}` : 'no lever moved'}. ${CAVEAT}`,
    `scenario,month,${frequency ? 'share,low,high' : 'p05,p25,p50,p75,p95'}`, ...rows, ''].join('\n')
}

/** A drawing as pixels, twice as fine as it is large. */
export async function pixels(drawn) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 2 * WIDTH, height: 2 * HEIGHT })
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise(done => canvas.toBlob(done, 'image/png'))
}
