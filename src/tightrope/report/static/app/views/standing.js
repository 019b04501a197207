// Where states stand: their ideal points over time with bands, and the map of the last year in two dimensions.

import uPlot from '../vendor/uPlot.js'
import { rounded } from '../charts.js'
import { behind, clear, failed, h, note, signed, svg, table, token } from '../dom.js'

// Colour and dash by turns; the code stands at each line's end as well.
const LOOKS = [['--s1', []], ['--s2', [9, 3]], ['--s3', [2, 3]], ['--s4', [9, 3, 2, 3]], ['--s5', [5, 3]], ['--ink', [14, 4]]]
const MOST = 12
const HEIGHT = 320
const MAP = { left: 34, right: 40, top: 16, bottom: 26 }
const APART = 13

export const view = {
  id: 'standing',
  mount(element, app) {
    const made = new Standing(element, app)
    return { show: () => made.show(), hide() {} }
  },
}

class Standing {
  key = ''
  chosen = null
  estimates = ''
  plots = []
  width = 0

  constructor(element, app) {
    this.app = app
    this.about = h('p', { class: 'note' })
    this.said = h('p', { class: 'note' })
    this.source = h('select', { id: 'standing-source', onchange: () => { this.estimates = this.source.value; this.load() } })
    this.shown = h('ul', { class: 'shown', 'aria-label': 'States shown' })
    this.more = h('select', { 'aria-label': 'Show another state', onchange: () => this.#add() })
    this.body = h('div', { class: 'plots' }, note('Reading the estimates …'))
    this.bar = h('div', { class: 'choose', hidden: true }, h('span', { class: 'field' }, h('label', { for: 'standing-source' }, 'From'), this.source), this.shown, this.more)
    clear(element, h('div', { class: 'view-head' }, h('h2', null, 'Where states stand')), this.said, this.bar, this.about, this.body)
    new ResizeObserver(([entry]) => this.#fit(Math.floor(entry.contentRect.width))).observe(this.body)
    app.on('situation', () => { this.key = ''; this.load() })
    app.on('theme', () => this.#draw())
  }

  show() { return this.load() }

  async load() {
    const { app } = this
    if (app.state.view !== 'standing' || !app.situation) return
    const { case: name, asOf, without } = app.state
    const question = { case: name, as_of: asOf, without: without.join(','), estimates: this.estimates }
    const key = JSON.stringify(question)
    if (key === this.key) return
    this.key = key
    try {
      const told = await app.get('/api/standing', question)
      if (key === this.key) this.#fill(told)
    } catch (error) {
      if (key !== this.key) return
      this.key = ''
      this.estimates = ''
      this.#drop()
      clear(this.body, failed(error))
    }
  }

  #fill(told) {
    this.told = told
    this.said.textContent = told.said
    this.about.textContent = told.about + (told.later.length ? ` Left out, as made from later votes than are known here: ${told.later.join(', ')}.` : '')
    clear(this.source, told.choices.map(name => h('option', { value: name, selected: name === told.choice }, name === 'case' ? 'the case’s figures' : name)))
    this.bar.hidden = false
    const kept = (this.chosen ?? []).filter(state => told.names[state])
    this.chosen = kept.length ? kept : told.usual.length ? told.usual : Object.keys(told.names).slice(0, LOOKS.length)
    this.#choose()
  }

  #add() {
    if (this.more.value) this.chosen = [...this.chosen, this.more.value]
    this.#choose()
    this.more.focus()
  }

  #remove(state) {
    const at = this.chosen.indexOf(state)
    this.chosen = this.chosen.filter(one => one !== state)
    this.#choose()
    const rest = this.shown.querySelectorAll('button')
    ;(rest[Math.min(at, rest.length - 1)] ?? this.more).focus()
  }

  #choose() {
    const { names } = this.told
    const few = this.chosen.length > 1
    clear(this.shown, this.chosen.map((state, place) => h('li', null, swatch(place), names[state],
      few ? h('button', { type: 'button', class: 'link', 'aria-label': `Do not show ${names[state]}`, onclick: () => this.#remove(state) }, '×') : null)))
    const others = Object.entries(names).filter(([state]) => !this.chosen.includes(state)).sort((one, other) => one[1].localeCompare(other[1]))
    clear(this.more, h('option', { value: '' }, 'Show another …'), others.map(([state, name]) => h('option', { value: state }, name)))
    this.more.hidden = !others.length || this.chosen.length >= MOST
    this.#draw()
  }

  #fit(width) {
    if (width <= 0 || width === this.width) return
    this.width = width
    this.#draw()
  }

  #drop() {
    this.plots.forEach(plot => plot.destroy())
    this.plots = []
  }

  #draw() {
    if (!this.told || this.width <= 0) return
    this.#drop()
    const { told } = this
    if (!told.years.length) return clear(this.body, note('No ideal point is known here on this day.'))
    const dims = Array.from({ length: told.dims }, (_, dim) => dim)
    const parts = dims.map(dim => this.#tracks(dim))
    clear(this.body, parts.map(part => part.figure), told.dims > 1 ? this.#map() : null)
    parts.forEach(part => part.paint())
  }

  #tracks(dim) {
    const { told, chosen } = this
    const title = told.dims > 1 ? `Over time, dimension ${dim + 1}` : 'Over time'
    const readout = h('p', { class: 'readout', 'aria-hidden': 'true' })
    const home = h('div', { class: 'stage', role: 'img', 'aria-label': `${title}. ${this.#spoken(dim)}` })
    const figure = h('figure', { class: 'track' }, h('figcaption', null, h('h3', null, title)), readout, home, behind('Table', () => this.#trackTable(dim, title)))
    const paint = () => {
      const plot = new uPlot(this.#options(dim, readout), [told.years, ...chosen.flatMap(state => ['high', 'low', 'mean'].map(part => told.points[state][dim][part]))], home)
      plot.root.setAttribute('aria-hidden', 'true')
      this.plots.push(plot)
    }
    return { figure, paint }
  }

  #options(dim, readout) {
    const { chosen, told } = this
    const paint = name => token(name)
    const line = { stroke: paint('--soft'), font: '11px system-ui, sans-serif', gap: 4, grid: { stroke: paint('--line'), width: 1 }, ticks: { stroke: paint('--line'), size: 3 } }
    const dot = told.years.length < 4
    const series = chosen.flatMap((_, place) => {
      const [colour, dash] = LOOKS[place % LOOKS.length]
      const edge = { width: 0, points: { show: false }, spanGaps: false }
      return [{ ...edge }, { ...edge }, { stroke: paint(colour), width: 2, dash, points: { show: dot, size: 6, fill: paint(colour) }, spanGaps: false }]
    })
    const bands = chosen.map((_, place) => ({ series: [3 * place + 1, 3 * place + 2], fill: faint(paint(LOOKS[place % LOOKS.length][0])) }))
    return {
      width: this.width, height: HEIGHT, padding: [10, 44, 0, 0], legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false, range: (_, low, high) => (low === high ? [low - 1, high + 1] : [low, high]) }, y: { range: (_, low, high) => spread(low, high) } },
      hooks: { setCursor: [plot => this.#read(plot, dim, readout)], draw: [plot => { if (dot) this.#arms(plot, dim); this.#names(plot, dim) }] },
      axes: [
        { ...line, size: 24, grid: { show: false }, incrs: [1, 2, 5, 10, 20], values: (_, ticks) => ticks.map(tick => (Number.isInteger(tick) ? String(tick) : '')) },
        { ...line, size: 40, values: (_, ticks, __, ___, step) => ticks.map(tick => rounded(tick, step)) },
      ],
      series: [{}, ...series], bands: dot ? [] : bands,
    }
  }

  /** Of few years each interval by itself: a band would say something about the time between. */
  #arms(plot, dim) {
    const { ctx } = plot
    ctx.save()
    ctx.lineWidth = 2 * devicePixelRatio
    this.chosen.forEach((state, place) => {
      const { low, high } = this.told.points[state][dim]
      const aside = (place - (this.chosen.length - 1) / 2) * 3 * devicePixelRatio
      ctx.strokeStyle = token(LOOKS[place % LOOKS.length][0])
      this.told.years.forEach((year, at) => {
        if (low[at] === null) return
        const x = plot.valToPos(year, 'x', true) + (at === this.told.years.length - 1 ? -4 * place * devicePixelRatio : aside)
        ctx.beginPath()
        ctx.moveTo(x, plot.valToPos(low[at], 'y', true))
        ctx.lineTo(x, plot.valToPos(high[at], 'y', true))
        ctx.stroke()
      })
    })
    ctx.restore()
  }

  /** The code of each state at the end of its line, moved apart where they would cover each other. */
  #names(plot, dim) {
    const { ctx, bbox } = plot
    const scale = devicePixelRatio
    const ends = this.chosen.map((state, place) => {
      const means = this.told.points[state][dim].mean
      const at = means.findLastIndex(value => value !== null)
      return at < 0 ? null : { state, place, x: plot.valToPos(this.told.years[at], 'x', true), y: plot.valToPos(means[at], 'y', true) }
    }).filter(Boolean).sort((one, other) => one.y - other.y)
    let last = -Infinity
    for (const end of ends) { end.at = Math.max(end.y, last + APART * scale); last = end.at }
    const excess = Math.max(0, last - (bbox.top + bbox.height))
    ctx.save()
    ctx.font = `600 ${12 * scale}px system-ui, sans-serif`
    ctx.textAlign = 'left'
    ctx.textBaseline = 'middle'
    for (const { state, place, x, at } of ends) {
      ctx.fillStyle = token(LOOKS[place % LOOKS.length][0])
      ctx.fillText(state, x + 6 * scale, at - excess)
    }
    ctx.restore()
  }

  #read(plot, dim, readout) {
    const at = plot.cursor.idx
    const there = at !== null && at !== undefined
    readout.textContent = there ? [this.told.years[at], ...this.chosen.filter(state => this.told.points[state][dim].mean[at] !== null)
      .map(state => `${state} ${signed(this.told.points[state][dim].mean[at])}`)].join(' · ') : ''
  }

  #spoken(dim) {
    const { told, chosen } = this
    return chosen.map(state => {
      const { mean } = told.points[state][dim]
      const [first, last] = [mean.findIndex(value => value !== null), mean.findLastIndex(value => value !== null)]
      if (first < 0) return `${told.names[state]}: no estimate`
      return first === last ? `${told.names[state]}: ${signed(mean[last])} in ${told.years[last]}`
        : `${told.names[state]}: ${signed(mean[first])} in ${told.years[first]}, ${signed(mean[last])} in ${told.years[last]}`
    }).join('; ')
  }

  #trackTable(dim, title) {
    const { told, chosen } = this
    const cell = (state, at) => {
      const { mean, low, high } = told.points[state][dim]
      return mean[at] === null ? '–' : low[at] === null ? signed(mean[at]) : [signed(mean[at]), h('small', null, ` ${signed(low[at])} to ${signed(high[at])}`)]
    }
    return table({ caption: `${title}: mean and 90 % interval`, columns: [{ title: 'Year' }, ...chosen.map(state => ({ title: told.names[state], num: true }))],
      rows: told.years.map((year, at) => [String(year), ...chosen.map(state => cell(state, at))]) })
  }

  /** Every state in the last year, the chosen ones by name with the arms of their intervals. */
  #map() {
    const { told, chosen, width } = this
    const at = told.years.length - 1
    const all = Object.keys(told.points).map(state => ({ state, one: told.points[state][0], two: told.points[state][1] })).filter(({ one, two }) => one.mean[at] !== null && two.mean[at] !== null)
    const size = Math.min(width, 760)
    const height = Math.round(Math.min(size * 0.8, 480))
    const x = scaled(all.map(({ one }) => one.mean[at]), MAP.left, size - MAP.right)
    const y = scaled(all.map(({ two }) => two.mean[at]), height - MAP.bottom, MAP.top)
    const title = `Map of ${told.years[at]}`
    const dots = all.filter(({ state }) => !chosen.includes(state)).map(({ state, one, two }) => svg('circle', { cx: x(one.mean[at]), cy: y(two.mean[at]), r: 3, class: 'other' }, svg('title', null, told.names[state])))
    const marks = placed(all.filter(({ state }) => chosen.includes(state)).map(({ state, one, two }) => ({ state, one, two, cx: x(one.mean[at]), cy: y(two.mean[at]) })))
    return h('figure', { class: 'track' }, h('figcaption', null, h('h3', null, title), note('Each dot is a state; arms are 90 % intervals. Dimension 1 runs from left to right, 2 upwards.')),
      svg('svg', { viewBox: `0 0 ${size} ${height}`, width: size, height, role: 'img', 'aria-label': `${title}: ${all.length} states. ${marks.map(({ state, one, two }) => `${told.names[state]} at ${signed(one.mean[at])}, ${signed(two.mean[at])}`).join('; ')}` },
        x.ticks.map(tick => [svg('line', { x1: x(tick), x2: x(tick), y1: MAP.top, y2: height - MAP.bottom, class: 'rule' }), svg('text', { x: x(tick), y: height - 8, class: 'tick', 'text-anchor': 'middle' }, rounded(tick, x.step))]),
        y.ticks.map(tick => [svg('line', { x1: MAP.left, x2: size - MAP.right, y1: y(tick), y2: y(tick), class: 'rule' }), svg('text', { x: MAP.left - 5, y: y(tick) + 4, class: 'tick', 'text-anchor': 'end' }, rounded(tick, y.step))]),
        dots, marks.map(mark => this.#mark(mark, x, y, at)), marks.map(mark => this.#label(mark))),
      behind('Table', () => table({ caption: `${title}: every state`, columns: [{ title: 'State' }, { title: 'Dimension 1', num: true }, { title: '90 % interval', num: true }, { title: 'Dimension 2', num: true }, { title: '90 % interval', num: true }],
        rows: all.map(({ state, one, two }) => [told.names[state], ...[one, two].flatMap(each => [signed(each.mean[at]), `${signed(each.low[at])} to ${signed(each.high[at])}`])]) })))
  }

  #mark({ state, one, two, cx, cy }, x, y, at) {
    return svg('g', { class: this.#own(state) },
      svg('line', { x1: x(one.low[at]), x2: x(one.high[at]), y1: cy, y2: cy, class: 'arm' }), svg('line', { x1: cx, x2: cx, y1: y(two.low[at]), y2: y(two.high[at]), class: 'arm' }),
      svg('circle', { cx, cy, r: 4.5, class: 'point' }, svg('title', null, this.told.names[state])))
  }

  #label({ state, cx, cy, lx, ly }) {
    return svg('g', { class: this.#own(state) },
      lx - cx > 12 ? svg('line', { x1: cx, y1: cy, x2: lx - 2, y2: ly, class: 'lead' }) : null, svg('text', { x: lx, y: ly + 4, class: 'code' }, state))
  }

  #own(state) { return `own-${this.chosen.indexOf(state) % LOOKS.length}` }
}

/** Labels beside their points; those of points that stand close together in a column beside them all, with lines. */
function placed(marks) {
  const groups = []
  for (const mark of [...marks].sort((one, other) => one.cx - other.cx)) {
    const near = groups.find(group => group.some(other => Math.abs(other.cx - mark.cx) < 46 && Math.abs(other.cy - mark.cy) < 30))
    if (near) near.push(mark)
    else groups.push([mark])
  }
  for (const group of groups) {
    const x = group.length > 1 ? Math.max(...group.map(mark => mark.cx)) + 30 : group[0].cx + 10
    const middle = group.reduce((sum, mark) => sum + mark.cy, 0) / group.length
    group.sort((one, other) => one.cy - other.cy).forEach((mark, place) => {
      mark.lx = x
      mark.ly = middle + (place - (group.length - 1) / 2) * APART
    })
  }
  return marks
}

function spread(low, high) {
  if (low === null || high === null) return [-1, 1]
  const room = (high - low || 1) * 0.06
  return [low - room, high + room]
}

/** A function from values to places, with round ticks. */
function scaled(values, from, to) {
  const [low, high] = spread(Math.min(...values), Math.max(...values))
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough)
  const place = value => from + (value - low) / (high - low) * (to - from)
  const first = Math.ceil(low / step)
  return Object.assign(place, { step, ticks: Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) => (first + at) * step) })
}

const faint = colour => (colour.length === 7 ? `${colour}2e` : colour)
const swatch = place => svg('svg', { viewBox: '0 0 26 4', width: 26, height: 4, class: `own-${place % LOOKS.length}`, 'aria-hidden': 'true' },
  svg('line', { x1: 0, x2: 26, y1: 2, y2: 2, class: 'key', 'stroke-dasharray': LOOKS[place % LOOKS.length][1].join(' ') || null }))
