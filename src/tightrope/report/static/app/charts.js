// Charts over time: fans, quantile dots and sample paths of one quantity, with the baseline and pins beside them.

import uPlot from './vendor/uPlot.js'
import { clear, h, number, svg, token } from './dom.js'

export const MODES = [['fan', 'Fan'], ['dots', 'Dots'], ['paths', 'Paths']]
// Pins are told apart by letter and dash; the colour comes on top.
export const PINS = {
  A: { dash: [9, 4], colour: '--s2' }, B: { dash: [2, 3], colour: '--s3' },
  C: { dash: [12, 3, 2, 3], colour: '--s4' }, D: { dash: [5, 2, 1, 2, 1, 2], colour: '--s5' },
}
export const HEIGHT = 196
const BASELINE = { width: 1.2, dash: [3, 3], colour: '--soft' }
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** Names of so many months from the first on, however far the run looks ahead. */
export function monthNames(start, count) {
  const [year, month] = start.split('-').map(Number)
  return Array.from({ length: count }, (_, at) => `${MONTHS[(month - 1 + at) % 12]} ${year + Math.floor((month - 1 + at) / 12)}`)
}

// Asking the page for a colour is slow; they are asked for once a theme.
const paints = new Map()
const paint = name => { if (!paints.has(name)) paints.set(name, token(name)); return paints.get(name) }
export const repaint = () => paints.clear()

/** One chart of one quantity: `draw` paints what is at hand, quickly enough for a handle that is dragged. */
export class Chart {
  #plot = null
  #shape = ''
  #top = null
  #bottom = null
  #last = null
  #width = 0
  mode = 'fan'
  /** Place of the month that the timeline stands at, or null. */
  mark = null

  constructor(spec, start) {
    Object.assign(this, { spec, start })
    this.home = h('div')
    this.readout = h('p', { class: 'readout', 'aria-hidden': 'true' })
    this.stage = h('div', { class: 'stage' }, this.readout, this.home)
    // Asking for the width while painting would lay the page out anew for every chart.
    this.wide = new ResizeObserver(([entry]) => this.#fit(Math.floor(entry.contentRect.width)))
    this.wide.observe(this.stage)
  }

  destroy() {
    this.wide.disconnect()
    this.#drop()
  }

  #drop() {
    this.#plot?.destroy()
    this.#plot = null
    this.#shape = ''
  }

  /** Forget how far the axis had to grow, as after a handle was let go. */
  release() { this.#top = this.#bottom = null }

  redress() { this.#drop() }

  /** Paint again, as with the mark elsewhere. */
  again() { this.#plot?.redraw(false) }

  #fit(width) {
    const other = width !== this.#width
    this.#width = width
    if (width <= 0 || !other || !this.#last) return
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT })
    else this.draw(...this.#last)
  }

  /** `now` and the others are {frame, place}; pins also have a letter. */
  draw(now, base, pins) {
    this.#last = [now, base, pins]
    if (this.#width <= 0) return
    this.months ??= monthNames(this.start, now.frame.header.months)
    if (this.mode === 'dots') return this.#dots(now, base, pins)
    const [data, shape] = this.mode === 'fan' ? this.#fan(now, base, pins) : this.#paths(now, base)
    this.#span(data)
    if (shape !== this.#shape || !this.#plot) this.#build(shape, data, base, pins)
    else this.#plot.setData(data, true)
  }

  #axis(length) {
    if (this.months.length !== length) this.months = monthNames(this.start, length)
    if (this.x?.length !== length) this.x = Array.from({ length }, (_, place) => place)
    return this.x
  }

  #fan(now, base, pins) {
    // Bands are painted with the first of their two lines, so the outer pair comes first and the middle last.
    const quantiles = [4, 0, 3, 1, 2].map(row => now.frame.row('bands', now.place, row))
    const lines = [base, ...pins].filter(Boolean).map(one => one.frame.row('bands', one.place, 2))
    return [[this.#axis(quantiles[0].length), ...quantiles, ...lines], `fan ${quantiles[0].length} ${base ? 1 : 0} ${pins.map(pin => pin.letter).join('')}`]
  }

  #paths(now, base) {
    const paths = Array.from({ length: now.frame.shapes.paths[1] }, (_, run) => now.frame.row('paths', now.place, run))
    const data = [this.#axis(paths[0].length), ...paths]
    if (base) data.push(base.frame.row('bands', base.place, 2))
    return [data, `paths ${paths.length} ${paths[0].length} ${base ? 1 : 0}`]
  }

  /** The axis only grows while a lever is moved, so that charts do not jump under the hand. */
  #span(data) {
    const { floor, ceiling } = this.spec
    let low = floor ?? Infinity
    let high = ceiling ?? -Infinity
    for (const row of data.slice(1)) {
      for (const value of row) {
        if (value < low) low = value
        if (value > high) high = value
      }
    }
    const room = (high - low || 1) * 0.04
    this.#bottom = Math.min(this.#bottom ?? Infinity, floor !== null && low >= floor ? floor : low - room)
    this.#top = Math.max(this.#top ?? -Infinity, ceiling !== null && high <= ceiling ? ceiling : high + room)
  }

  #build(shape, data, base, pins) {
    this.#drop()
    clear(this.home)
    this.#shape = shape
    const dressed = this.mode === 'fan' ? fanSeries(base, pins) : pathSeries(data.length - 1 - (base ? 1 : 0), base)
    this.#plot = new uPlot({
      width: this.#width, height: HEIGHT,
      padding: [8, 10, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      hooks: { setCursor: [plot => this.#read(plot)], draw: [plot => this.#drawMark(plot)] },
      scales: { x: { time: false }, y: { range: () => [this.#bottom, this.#top] } },
      axes: [
        axis({ values: (_, ticks) => ticks.map(tick => short(this.months[tick])), splits: () => ticksOf(data[0].length), grid: { show: false } }),
        axis({ size: 40, values: (_, ticks, __, ___, step) => ticks.map(tick => rounded(tick, step)) }),
      ],
      ...dressed,
    }, data, this.home)
    this.#plot.root.setAttribute('aria-hidden', 'true')
  }

  /** What the pointer is over, in words; the table has the same for everybody. */
  #read(plot) {
    const at = plot.cursor.idx
    const there = at !== null && at !== undefined && this.#last && at < this.months.length
    this.readout.textContent = there ? readAt(this.spec, this.#last[0], this.#last[2], at, short(this.months[at]), this.mode) : ''
  }

  #drawMark(plot) {
    if (this.mark === null || this.mark >= plot.data[0].length) return
    const { ctx, bbox } = plot
    const x = Math.round(plot.valToPos(this.mark, 'x', true))
    ctx.save()
    ctx.strokeStyle = paint('--mark')
    ctx.lineWidth = devicePixelRatio
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.restore()
  }

  #dots(now, base, pins) {
    this.#drop()
    this.readout.textContent = ''
    const rows = [{ ...now, letter: 'now' }, ...(base ? [{ ...base, letter: 'base' }] : []), ...pins]
    clear(this.home, dotted(rows.map(one => ({ letter: one.letter, dots: one.frame.row('dots', one.place) })), this.spec, this.#width))
  }
}

function readAt(spec, now, pins, at, month, mode) {
  if (mode === 'paths') return month
  const value = (one, row) => number(one.frame.at('bands', one.place, row, at))
  const beside = pins.map(pin => `${pin.letter} ${value(pin, 2)}`)
  const spread = spec.kind === 'frequency' ? `${value(now, 2)} (${value(now, 0)} to ${value(now, 4)})` : `median ${value(now, 2)}, half ${value(now, 1)} to ${value(now, 3)}, nine tenths ${value(now, 0)} to ${value(now, 4)}`
  return [`${month}: ${spread}`, ...beside].join(' · ')
}

const axis = more => ({
  stroke: () => paint('--soft'), font: '11px system-ui, sans-serif', gap: 4, size: 24,
  grid: { stroke: () => paint('--line'), width: 1 }, ticks: { stroke: () => paint('--line'), size: 3 }, ...more,
})
const clean = { points: { show: false } }
const line = ({ colour, ...rest }) => ({ ...clean, stroke: paint(colour), ...rest })

function fanSeries(base, pins) {
  // Each its own object: the library writes into them.
  const edge = () => ({ ...clean, width: 0 })
  const series = [{}, edge(), edge(), edge(), edge(), line({ colour: '--middle', width: 2 })]
  if (base) series.push(line(BASELINE))
  for (const pin of pins) series.push(line({ ...PINS[pin.letter], width: 1.8 }))
  return { series, bands: [{ series: [1, 2], fill: paint('--outer') }, { series: [3, 4], fill: paint('--inner') }] }
}

function pathSeries(count, base) {
  const series = [{}, ...Array.from({ length: count }, (_, run) => line({ colour: '--middle', width: run === 0 ? 2.2 : 1, alpha: run === 0 ? 1 : 0.45 }))]
  if (base) series.push(line(BASELINE))
  return { series }
}

export const ticksOf = length => {
  const step = length > 72 ? 24 : length > 18 ? 12 : length > 8 ? 6 : 2
  return Array.from({ length: Math.ceil(length / step) }, (_, place) => place * step)
}
export const short = month => (month ? month.replace(/^(\w{3})\w* (\d{4})$/, '$1 $2') : '')

/** A number of an axis, with as many places as its steps need. */
export function rounded(value, step) {
  const places = Math.max(0, -Math.floor(Math.log10(step || 1) + 1e-9))
  const [whole, part] = Math.abs(value).toFixed(places).split('.')
  const text = [whole.replace(/\B(?=(\d{3})+$)/g, ','), part].filter(Boolean).join('.')
  return (value < 0 && /[1-9]/.test(text) ? '−' : '') + text
}

/** Twenty dots a row, each for a twentieth of the runs, at their value in the last month. */
export function dotted(rows, spec, width) {
  if (spec.kind === 'frequency') return counted(rows, width)
  const values = rows.flatMap(row => [...row.dots])
  const low = Math.min(spec.floor ?? Infinity, ...values)
  const high = Math.max(spec.ceiling ?? -Infinity, ...values)
  const left = 36
  const x = value => left + (width - left - 12) * ((value - low) / (high - low || 1))
  const tallest = Math.max(...rows.map(row => stacks([...row.dots].map(x))))
  const band = Math.min(7 * tallest + 20, 84, (HEIGHT - 24) / rows.length)
  const marks = rows.map((row, place) => dotRow(row, x, (place + 1) * band - 6, band, [left, width - 8]))
  const ends = [low, (low + high) / 2, high].map((value, place) => svg('text', { x: x(value), y: rows.length * band + 12, class: 'tick', 'text-anchor': ['start', 'middle', 'end'][place] }, value === 0 ? '0' : number(value, 2)))
  return drawn(width, rows.length * band + 18, [marks, ends])
}

const columnOf = place => Math.round(place / 8)

/** How many dots the highest column has. */
function stacks(places) {
  const heights = new Map()
  for (const column of places.map(columnOf)) heights.set(column, (heights.get(column) ?? 0) + 1)
  return Math.max(...heights.values())
}

function dotRow(row, x, y, band, [from, to]) {
  const places = [...row.dots].map(x)
  const columns = places.map(columnOf)
  const step = Math.min(7, (band - 12) / stacks(places))
  const stacked = new Map()
  const dots = columns.map(column => {
    const level = stacked.get(column) ?? 0
    stacked.set(column, level + 1)
    return svg('circle', { cx: column * 8, cy: y - 4 - level * step, r: 3.2, class: `dot-${row.letter}` })
  })
  return [svg('line', { x1: from, x2: to, y1: y, y2: y, class: 'rule' }), svg('text', { x: 2, y: y - 2, class: 'tick' }, row.letter), dots]
}

/** Of what happens or does not: twenty dots, filled where it has happened by the last month. */
function counted(rows, width) {
  const [left, band] = [36, Math.min(40, (HEIGHT - 24) / rows.length)]
  const step = Math.min(15, (width - left - 8) / rows[0].dots.length)
  const marks = rows.map((row, place) => {
    const y = place * band + band / 2 + 6
    const happened = [...row.dots].filter(value => value > 50).length
    return [svg('text', { x: 2, y: y + 4, class: 'tick' }, row.letter), [...row.dots].map((_, at) =>
      svg('circle', { cx: left + 6 + at * step, cy: y, r: Math.min(5, step / 2.6), class: at < happened ? `dot-${row.letter}` : `dot-${row.letter} hollow` }))]
  })
  return drawn(width, rows.length * band + 12, marks)
}

/** As high as what is in it. */
const drawn = (width, height, content) => svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, content)
