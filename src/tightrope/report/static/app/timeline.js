// The strip from 2014 to 2026: what happened when, the months of the runs, the cursor, and the day up to which things are known.

import { behind, clear, failed, h, heightOf, svg, table } from './dom.js'

const NAMES = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const MARKS = { Events: 'circle', Words: 'diamond', Votes: 'square', Ties: 'bar', Reports: 'triangle' }
const ROW = 10
const FEW = 5

const count = month => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7)) - 1
const monthAt = place => `${Math.floor(place / 12)}-${String(place % 12 + 1).padStart(2, '0')}`
const named = month => `${NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`
const lastDay = month => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10)

export function mount(element, app) {
  if (!document.querySelector('link[href$="/timeline.css"]')) document.head.append(h('link', { rel: 'stylesheet', href: new URL('timeline.css', import.meta.url).pathname }))
  return new Timeline(element, app)
}

class Timeline {
  told = null
  key = ''

  constructor(element, app) {
    this.app = app
    this.cursor = this.#range('Month of the cursor', 'cursor')
    this.known = this.#range('Only what was published by the end of', 'known')
    this.cursor.addEventListener('input', () => app.setMonth(monthAt(Number(this.cursor.value))))
    this.known.addEventListener('input', () => this.#previewKnown())
    this.known.addEventListener('change', () => this.#know(monthAt(Number(this.known.value))))
    this.title = h('button', { type: 'button', class: 'link strip-title', 'aria-expanded': 'true', 'aria-controls': 'timeline-strip', onclick: () => this.#chosen() }, 'Timeline')
    this.said = h('span', { class: 'strip-said' })
    this.list = h('details', { class: 'popover strip-list' }, h('summary', null, '…'), h('div', { class: 'sheet' }))
    this.here = h('button', { type: 'button', class: 'strip-know', title: 'Leave out everything that was published later', onclick: () => this.#know(app.state.month) })
    this.off = h('button', { type: 'button', onclick: () => { app.setMonth(null); app.announce('The cursor is off.') } }, 'Cursor off')
    this.back = h('button', { type: 'button', onclick: () => this.#free() }, 'Back to the day of the case')
    this.trouble = h('div')
    this.picture = h('div', { class: 'strip-picture' })
    this.names = h('div', { class: 'strip-names', 'aria-hidden': 'true' })
    this.strip = h('div', { class: 'strip', id: 'timeline-strip' }, this.names,
      h('div', { class: 'strip-field' }, this.picture, this.cursor, this.known))
    this.tables = h('div', { class: 'strip-table' }, behind('Table', () => this.#table()))
    clear(element, h('div', { class: 'strip-head' }, this.title, this.said, this.list, this.here, this.back, this.off, this.tables), this.trouble, this.strip)
    element.classList.add('strip-host')
    this.element = element
    this.list.addEventListener('keydown', event => { if (event.key === 'Escape') { this.list.open = false; this.list.querySelector('summary').focus() } })
    new ResizeObserver(() => this.#draw()).observe(this.picture)
    document.addEventListener('click', event => { if (!this.list.contains(event.target)) this.list.open = false })
    // It stands on the line below the page; what is fitted to the window, as the map, leaves room for it.
    heightOf(element, '--strip')
    app.on('situation', () => this.#read())
    app.on('month', () => this.#follow())
    this.#fold(this.#folded())
    if (app.situation) this.#read()
  }

  #range(label, kind) {
    return h('input', { type: 'range', class: `strip-range ${kind}`, 'aria-label': label, min: 0, max: 1, step: 1, title: label })
  }

  /** Folded until the reader opens it; then it is open on every view. */
  #folded() {
    try { return localStorage.getItem('timeline') !== 'open' } catch { return true }
  }

  /** What the reader chose holds for all views from then on. */
  #chosen() {
    const folded = !this.element.classList.contains('folded')
    try { localStorage.setItem('timeline', folded ? 'folded' : 'open') } catch { /* for this page only */ }
    this.#fold(folded)
  }

  #fold(folded) {
    this.element.classList.toggle('folded', folded)
    this.title.setAttribute('aria-expanded', String(!folded))
    this.strip.hidden = folded
  }

  async #read() {
    const { case: name, asOf, without } = this.app.state
    const key = JSON.stringify([name, asOf, without])
    if (key === this.key) return
    this.key = key
    try {
      const told = await this.app.get('/api/timeline', { case: name, as_of: asOf, without: without.join(',') })
      if (this.key !== key) return
      this.told = told
      clear(this.trouble)
    } catch (error) {
      if (this.key === key) { this.key = ''; clear(this.trouble, failed(error)) }
      return
    }
    this.#set()
    this.#draw()
    this.#follow()
  }

  get first() { return count(this.told.from) }
  get last() { return count(this.told.to) }

  #set() {
    for (const range of [this.cursor, this.known]) { range.min = this.first; range.max = this.last }
    this.known.value = count(this.told.as_of)
    this.#previewKnown()
    this.back.hidden = this.app.state.asOf === null
    clear(this.names, this.told.lanes.map(lane => h('span', null, lane)), h('span', { class: 'axis' }), h('span', null, 'Known'))
    this.byMonth = new Map()
    for (const one of this.told.items) {
      const { month } = one
      this.byMonth.set(month, [...(this.byMonth.get(month) ?? []), one])
    }
  }

  #previewKnown() {
    this.known.setAttribute('aria-valuetext', `known up to ${named(monthAt(Number(this.known.value)))}`)
  }

  /** Know only what was published by the end of a month; where too little was, say so and stay. */
  async #know(month) {
    const { case: name, without, asOf } = this.app.state
    const usual = this.told.usual_as_of
    const day = lastDay(month) > usual ? usual : lastDay(month)
    this.known.value = count(day)
    if (day === (asOf ?? usual)) return
    clear(this.trouble, h('p', { class: 'note', role: 'status' }, `Reading what was known by ${day} …`))
    try {
      await this.app.get('/api/timeline', { case: name, as_of: day, without: without.join(',') })
      clear(this.trouble)
      this.app.set({ asOf: day === usual ? null : day })
      this.app.announce(`Only what was published by ${day} is known now.`)
    } catch (error) {
      this.known.value = count(this.told.as_of)
      this.#previewKnown()
      clear(this.trouble, failed(new Error(`${named(month)} is too early for this case: ${error.message.length > 160 ? `${error.message.slice(0, 150)} …` : error.message}`)))
    }
  }

  #free() {
    clear(this.trouble)
    this.app.set({ asOf: null })
    this.title.focus()
  }

  #x(month) { return 8 + (this.wide - 16) * (count(month) - this.first) / (this.last - this.first) }

  /** The picture under the handles: lanes with a mark for each month in which something stands. */
  #draw() {
    this.wide = this.picture.clientWidth
    if (!this.told || !this.wide) return
    const { lanes } = this.told
    const high = lanes.length * ROW + 14
    const cells = new Map()
    const cell = (lane, month) => {
      const key = `${lane} ${month}`
      if (!cells.has(key)) cells.set(key, { lane, month, known: 0, hidden: 0 })
      return cells.get(key)
    }
    for (const one of this.told.items) cell(one.lane, one.month).known += 1
    for (const one of this.told.hidden) cell(one.lane, one.month).hidden += 1
    const inside = [...cells.values()].filter(one => count(one.month) >= this.first && count(one.month) <= this.last)
    this.line = svg('line', { class: 'strip-cursor', y1: 0, y2: high - 12 })
    clear(this.picture, svg('svg', { width: this.wide, height: high, viewBox: `0 0 ${this.wide} ${high}`, 'aria-hidden': 'true' },
      this.#ground(lanes, high), inside.map(one => this.#dot(one, lanes.indexOf(one.lane) * ROW + ROW / 2)), this.line))
    this.#follow()
  }

  #ground(lanes, high) {
    const from = this.#x(this.told.start)
    const to = this.#x(this.told.end)
    const asOf = this.#x(this.told.as_of.slice(0, 7))
    const years = Array.from({ length: (this.last - this.first + 1) / 12 }, (_, place) => Number(this.told.from.slice(0, 4)) + place)
    const sparse = this.wide < 420 ? 3 : this.wide < 700 ? 2 : 1
    return svg('g', null,
      svg('rect', { class: 'strip-runs', x: from, y: 0, width: Math.max(2, to - from), height: high - 14 }),
      lanes.map((_, place) => svg('line', { class: 'strip-lane', x1: 0, x2: this.wide, y1: place * ROW + ROW / 2, y2: place * ROW + ROW / 2 })),
      years.map((year, place) => [
        svg('line', { class: 'strip-year', x1: this.#x(`${year}-01`), x2: this.#x(`${year}-01`), y1: 0, y2: high - 12 }),
        place % sparse === 0 ? svg('text', { class: 'strip-label', x: this.#x(`${year}-01`) + 2, y: high - 2 }, year) : null]),
      svg('text', { class: 'strip-label', x: to + 5, y: ROW - 2 }, this.wide > 640 ? '← the runs' : ''),
      svg('line', { class: 'strip-asof', x1: asOf, x2: asOf, y1: 0, y2: high }))
  }

  /** One lane's month: the more there is, the larger; hollow where it is not known yet. */
  #dot({ lane, month, known, hidden }, y) {
    const x = this.#x(month)
    const r = Math.min(ROW / 2 - 0.5, 1.7 + 0.75 * Math.sqrt(known + hidden))
    return svg('path', { class: `strip-dot lane-${this.told.lanes.indexOf(lane)} ${known ? '' : 'unknown'}`, d: mark(MARKS[lane], x, y, r) })
  }

  /** Say what stands in the month of the cursor. */
  #follow() {
    if (!this.told) return
    const { month } = this.app.state
    this.cursor.value = month === null ? count(this.told.as_of) : count(month)
    this.cursor.classList.toggle('off', month === null)
    const now = month ?? this.told.as_of.slice(0, 7)
    const found = this.byMonth.get(now) ?? []
    const later = this.told.hidden.filter(one => one.month === now).length
    const text = `${found.length} ${found.length === 1 ? 'happening' : 'happenings'}${later ? `, ${later} not known yet` : ''}`
    this.cursor.setAttribute('aria-valuetext', `${named(now)}: ${text}`)
    const run = now >= this.told.start && now <= this.told.end ? ' · a month of the runs' : ''
    clear(this.said, h('b', null, month === null ? 'No cursor' : named(month)), month === null ? ` · known up to ${this.told.as_of}${this.told.hidden.length ? `, ${this.told.hidden.length} later happenings hidden` : ''}` : run)
    this.list.hidden = month === null
    this.list.querySelector('summary').textContent = text
    clear(this.list.querySelector('.sheet'), this.#items(found, later))
    this.off.hidden = month === null
    this.here.hidden = month === null || month >= this.told.as_of.slice(0, 7)
    this.here.textContent = month === null ? '' : `Know only up to ${named(month)}`
    if (this.line) {
      this.line.setAttribute('x1', this.#x(now))
      this.line.setAttribute('x2', this.#x(now))
      this.line.toggleAttribute('hidden', month === null)
    }
  }

  #items(found, later) {
    const line = one => h('li', null, h('small', null, `${one.when} · ${one.kind}`), this.#link(one))
    const list = h('ul', { class: 'plain' }, found.slice(0, FEW * 8).map(line))
    return [found.length ? list : h('p', { class: 'note' }, 'Nothing of this month is told.'), later ? h('p', { class: 'note' }, `${later} more were not known yet on ${this.told.as_of}.`) : null]
  }

  #link(one) {
    const go = one.claims.length ? () => this.app.open('evidence', { claims: one.claims, of: `that tell of “${one.title}”`, claim: one.claims.length === 1 ? one.claims[0] : undefined })
      : one.tie ? () => { this.app.select({ kind: 'tie', id: one.tie }); this.app.open('map', { tie: one.tie }) } : null
    return go ? h('button', { type: 'button', class: 'link', onclick: () => { this.list.open = false; go() } }, one.title) : h('span', null, one.title)
  }

  #table() {
    if (!this.told) return h('p', { class: 'note' }, '…')
    const titles = new Map(this.app.situation.sources.map(one => [one.id, one.title]))
    const rows = this.told.items.map(one => [one.when, one.kind, this.#link(one), one.sources.map(id => titles.get(id) ?? id).join('; ')])
    return table({ caption: `${rows.length} happenings from ${this.told.from.slice(0, 4)}, known on ${this.told.as_of}`, columns: ['When', 'Kind', 'What', 'Sources'].map(title => ({ title })), rows })
  }
}

function mark(kind, x, y, r) {
  const [a, b] = [x.toFixed(1), y.toFixed(1)]
  if (kind === 'diamond') return `M${a} ${(y - r).toFixed(1)}l${r} ${r}l${-r} ${r}l${-r} ${-r}Z`
  if (kind === 'square') return `M${(x - r * 0.85).toFixed(1)} ${(y - r * 0.85).toFixed(1)}h${1.7 * r}v${1.7 * r}h${-1.7 * r}Z`
  if (kind === 'bar') return `M${(x - r * 0.45).toFixed(1)} ${(y - r).toFixed(1)}h${0.9 * r}v${2 * r}h${-0.9 * r}Z`
  if (kind === 'triangle') return `M${a} ${(y - r).toFixed(1)}l${r} ${1.8 * r}h${-2 * r}Z`
  return `M${(x - r).toFixed(1)} ${b}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
}
