// Charts over time: fans, quantile dots and sample paths of one quantity, with the baseline and pins beside them.

import uPlot from './vendor/uPlot.js'
import { clear, h, number, signed, svg, token } from './dom.js'

export const MODES = [['fan', 'Fan'], ['dots', 'Dots'], ['paths', 'Paths']]
// Pins are told apart by letter and dash; the colour comes on top.
export const PINS = [
  { letter: 'A', dash: [9, 4], colour: '--s2' }, { letter: 'B', dash: [2, 3], colour: '--s3' },
  { letter: 'C', dash: [12, 3, 2, 3], colour: '--s4' }, { letter: 'D', dash: [5, 2, 1, 2, 1, 2], colour: '--s5' },
]
const HEIGHT = 190

/** One chart of one quantity: `draw` paints what is at hand, quickly enough for a handle that is dragged. */
export class Chart {
  #plot = null
  #shape = ''
  #top = null
  #bottom = null

  constructor(spec, months) {
    Object.assign(this, { spec, months, mode: 'fan' })
    this.stage = h('div', { class: 'stage' })
    this.wide = new ResizeObserver(() => this.#fit())
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

  #fit() {
    const width = Math.floor(this.stage.clientWidth)
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: HEIGHT })
  }

  /** `now` and the others are {frame, place}; pins also have letter, dash and colour. */
  draw(now, base, pins) {
    if (!this.stage.clientWidth) return
    if (this.mode === 'dots') return this.#dots(now, base, pins)
    const [data, shape] = this.mode === 'fan' ? this.#fan(now, base, pins) : this.#paths(now, base)
    this.#span(data)
    if (shape !== this.#shape || !this.#plot) this.#build(shape, data, pins)
    else this.#plot.setData(data, true)
  }

  #xs() { return this.x ??= Array.from(this.months, (_, place) => place) }

  #fan(now, base, pins) {
    // Bands are painted with the first of their two lines, so the outer pair comes first and the middle last.
    const quantiles = [4, 0, 3, 1, 2].map(row => now.frame.row('bands', now.place, row))
    const lines = [base, ...pins].map(one => (one ? one.frame.row('bands', one.place, 2) : null))
    const length = quantiles[0].length
    const data = [this.#xs().slice(0, length), ...quantiles, ...lines.filter(Boolean)]
    return [data, `fan ${length} ${base ? 1 : 0} ${pins.map(pin => pin.letter).join('')}`]
  }

  #paths(now, base) {
    const paths = Array.from({ length: now.frame.shapes.paths[1] }, (_, run) => now.frame.row('paths', now.place, run))
    const data = [this.#xs().slice(0, paths[0].length), ...paths]
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
    this.#bottom = Math.min(this.#bottom ?? Infinity, floor ?? low - room)
    this.#top = Math.max(this.#top ?? -Infinity, ceiling !== null && high <= ceiling ? ceiling : high + room)
  }

  #build(shape, data, pins) {
    this.#drop()
    clear(this.stage)
    this.#shape = shape
    const dressed = this.mode === 'fan' ? fanSeries(data, pins) : pathSeries(data)
    const labels = this.months
    this.#plot = new uPlot({
      width: Math.floor(this.stage.clientWidth), height: HEIGHT,
      padding: [8, 8, 0, 0],
      legend: { show: false }, cursor: { show: false },
      scales: { x: { time: false }, y: { range: () => [this.#bottom, this.#top] } },
      axes: [
        axis({ values: (_, ticks) => ticks.map(tick => short(labels[tick])), splits: () => ticksOf(data[0].length), grid: { show: false } }),
        axis({ size: 44, values: (_, ticks) => ticks.map(tick => (tick === 0 ? '0' : number(tick, 2))) }),
      ],
      ...dressed,
    }, data, this.stage)
    this.#plot.root.setAttribute('aria-hidden', 'true')
  }

  #dots(now, base, pins) {
    this.#drop()
    const rows = [{ ...now, letter: 'now', colour: '--s1' }, ...(base ? [{ ...base, letter: 'base', colour: '--soft' }] : []), ...pins]
    clear(this.stage, dotted(rows.map(one => ({ ...one, dots: one.frame.row('dots', one.place) })), this.spec, this.stage.clientWidth))
  }
}

const axis = more => ({
  stroke: () => token('--soft'), font: '11px system-ui, sans-serif', gap: 4, size: 24,
  grid: { stroke: () => token('--line'), width: 1 }, ticks: { stroke: () => token('--line'), size: 3 }, ...more,
})
const clean = { points: { show: false } }

function fanSeries(data, pins) {
  // Each its own object: the library writes into them.
  const edge = () => ({ ...clean, width: 0 })
  const series = [{}, edge(), edge(), edge(), edge(), { ...clean, stroke: token('--middle'), width: 2 }]
  const rest = data.length - 6
  if (rest > pins.length) series.push({ ...clean, stroke: token('--soft'), width: 1.2, dash: [3, 3] })
  for (const pin of pins) series.push({ ...clean, stroke: token(pin.colour), width: 1.8, dash: pin.dash })
  const bands = [{ series: [1, 2], fill: token('--outer') }, { series: [3, 4], fill: token('--inner') }]
  return { series, bands }
}

function pathSeries(data) {
  const colour = token('--middle')
  const series = [{}, ...data.slice(1, 21).map((_, run) => ({ ...clean, stroke: colour, width: run === 0 ? 2 : 1, alpha: run === 0 ? 1 : 0.45 }))]
  if (data.length > 21) series.push({ ...clean, stroke: token('--soft'), width: 1.2, dash: [3, 3] })
  return { series }
}

const ticksOf = length => {
  const step = length > 72 ? 24 : length > 18 ? 12 : length > 8 ? 6 : 2
  return Array.from({ length: Math.ceil(length / step) }, (_, place) => place * step)
}
const short = month => (month ? month.replace(/^(\w{3})\w* (\d{4})$/, '$1 $2') : '')

/** Twenty dots a row, each for a twentieth of the runs, at their value in the last month. */
function dotted(rows, spec, width) {
  const values = rows.flatMap(row => [...row.dots])
  const low = Math.min(spec.floor ?? Infinity, ...values)
  const high = Math.max(spec.ceiling ?? -Infinity, ...values)
  const left = 40
  const x = value => left + (width - left - 12) * ((value - low) / (high - low || 1))
  const band = Math.min(56, (HEIGHT - 24) / rows.length)
  const marks = rows.map((row, place) => {
    const y = place * band + band - 6
    const columns = [...row.dots].map(value => Math.round(x(value) / 8))
    const tallest = Math.max(...columns.map(column => columns.filter(each => each === column).length))
    const step = Math.min(7, (band - 12) / tallest)
    const dots = columns.map((column, at) => {
      const level = columns.slice(0, at).filter(each => each === column).length
      return svg('circle', { cx: column * 8, cy: y - 4 - level * step, r: 3.2, fill: token(row.colour) })
    })
    return [svg('line', { x1: left, x2: width - 8, y1: y, y2: y, stroke: token('--line') }),
      svg('text', { x: 2, y: y - 2, class: 'tick' }, row.letter), dots]
  })
  const bottom = rows.length * band
  const ends = [low, (low + high) / 2, high].map((value, place) => svg('text', { x: x(value), y: bottom + 14, class: 'tick', 'text-anchor': ['start', 'middle', 'end'][place] }, number(value, 2)))
  return svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, 'aria-hidden': 'true' }, marks, ends)
}

/** The difference from the baseline's same runs, in words. */
export function difference(frame, place, unit) {
  const [mean, low, high] = frame.row('gaps', place)
  if (Math.abs(mean) < 1e-9 && Math.abs(high - low) < 1e-9) return 'no difference from the baseline'
  const beyond = low > 0 || high < 0
  return `Δ ${signed(mean)} (${signed(low)} to ${signed(high)}) ${unit}${beyond ? '' : ', within chance'}`
}

/** The chart as a picture that stands by itself. */
export function picture(now, base, spec, months, title) {
  const [width, height, left, bottom] = [720, 360, 60, 40]
  const rows = [0, 1, 2, 3, 4].map(row => [...now.frame.row('bands', now.place, row)])
  const low = spec.floor ?? Math.min(...rows[0])
  const high = Math.max(spec.ceiling ?? -Infinity, ...rows[4]) || 1
  const x = at => left + (width - left - 20) * (at / Math.max(1, rows[0].length - 1))
  const y = value => height - bottom - (height - bottom - 40) * ((value - low) / (high - low || 1))
  const line = values => values.map((value, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  const area = (down, up) => `${line(up)}${[...down].reverse().map((value, at) => `L${x(down.length - 1 - at).toFixed(1)} ${y(value).toFixed(1)}`).join('')}Z`
  const text = (props, content) => svg('text', { 'font-family': 'sans-serif', 'font-size': 13, fill: '#1b1f23', ...props }, content)
  const ticks = ticksOf(rows[0].length).map(at => text({ x: x(at), y: height - bottom + 18, 'text-anchor': at ? 'middle' : 'start' }, short(months[at])))
  const scale = [low, (low + high) / 2, high].map(value => [svg('line', { x1: left, x2: width - 20, y1: y(value), y2: y(value), stroke: '#dcd8cf' }), text({ x: left - 8, y: y(value) + 4, 'text-anchor': 'end' }, number(value, 2))])
  const before = base ? svg('path', { d: line([...base.frame.row('bands', base.place, 2)]), fill: 'none', stroke: '#555e67', 'stroke-dasharray': '4 4' }) : ''
  return svg('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height },
    svg('title', null, title), svg('rect', { width, height, fill: '#fffdf9' }), scale,
    svg('path', { d: area(rows[0], rows[4]), fill: '#d3e4ef' }), svg('path', { d: area(rows[1], rows[3]), fill: '#92bedb' }),
    svg('path', { d: line(rows[2]), fill: 'none', stroke: '#0b5c8a', 'stroke-width': 2.5 }), before,
    text({ x: left, y: 22, 'font-weight': 600 }, `${title}, ${spec.unit}`), ticks)
}
