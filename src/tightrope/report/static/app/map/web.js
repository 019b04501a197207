// The network: who is tied to whom, by what, in the month of the cursor; institutions as bands through their members.

import { clear, h, number, svg } from '../dom.js'
import { amount, holds, KINDS, width } from './kinds.js'
import { layout, tree } from './layout.js'
import { roving, Tip } from './rove.js'

const BANDS = 5

export class Web {
  size = [0, 0]
  kinds = new Set(Object.keys(KINDS).filter(kind => KINDS[kind].first))
  bands = new Set(['CSTO', 'EAEU'])

  constructor(model) {
    this.model = model
    this.canvas = svg('svg', { class: 'web-canvas', role: 'group', 'aria-label': 'Network' })
    this.tipBox = h('div', { class: 'map-tip', hidden: true, 'aria-hidden': 'true' })
    this.stage = h('div', { class: 'map-stage web-stage' }, this.canvas, this.tipBox)
    this.filters = h('div', { class: 'web-filters' })
    this.told = h('p', { class: 'note web-told' })
    this.element = h('figure', { class: 'map-figure' }, this.stage, this.filters, this.told)
    this.tip = new Tip(this.stage, this.tipBox)
    this.settle = roving(this.canvas, () => [...this.canvas.querySelectorAll('[data-key]')])
    this.#listen()
    new ResizeObserver(() => this.#fit()).observe(this.stage)
  }

  #listen() {
    const { canvas } = this
    const at = event => event.target.closest?.('[data-key]')
    canvas.addEventListener('click', event => {
      if (!at(event)) return
      const [kind, id] = at(event).dataset.key.split(':')
      this.model.app.select({ kind: kind === 'tie' ? 'tie' : 'actor', id })
    })
    canvas.addEventListener('pointermove', event => {
      const element = at(event)
      if (!element) return this.tip.hide()
      const box = this.stage.getBoundingClientRect()
      this.tip.show(event.clientX - box.left, event.clientY - box.top, ...this.#said(element.dataset.key))
    })
    canvas.addEventListener('pointerleave', () => this.tip.hide())
    canvas.addEventListener('focusin', event => {
      const element = at(event)
      if (!element?.matches(':focus-visible')) return
      const [box, stage] = [element.getBoundingClientRect(), this.stage.getBoundingClientRect()]
      this.tip.show(box.left + box.width / 2 - stage.left, box.top + box.height / 2 - stage.top, ...this.#said(element.dataset.key))
    })
    canvas.addEventListener('focusout', () => this.tip.hide())
  }

  #said(key) {
    const [title, ...lines] = this.model.saidOf(key)
    return [h('strong', null, title), ...lines.map(line => h('span', null, line))]
  }

  #fit() {
    const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight]
    if (wide > 0 && high > 0 && (wide !== this.size[0] || high !== this.size[1])) this.draw()
  }

  /** Which kinds and institutions are shown; drawn when the network is read. */
  offer() {
    const { network } = this.model
    const count = kind => network.ties.filter(tie => tie.kind === kind && this.model.tieNow(tie)).length
    const tick = (set, id, content) => h('label', { class: 'tick' },
      h('input', { type: 'checkbox', checked: set.has(id), onchange: event => { if (event.target.checked) set.add(id); else set.delete(id); this.draw() } }), content)
    const kinds = Object.entries(KINDS).filter(([kind]) => network.ties.some(tie => tie.kind === kind)).map(([kind, look]) =>
      tick(this.kinds, kind, [this.#sample(look), h('span', null, `${look.title} `, h('small', null, count(kind)))]))
    const bands = network.institutions.map((one, place) => tick(this.bands, one.id, [h('i', { class: `band-sample band-${place % BANDS}`, 'aria-hidden': 'true' }), h('span', { title: one.name }, called(one))]))
    clear(this.filters,
      h('fieldset', null, h('legend', null, 'Ties'), kinds),
      bands.length ? h('fieldset', null, h('legend', null, 'Institutions'), bands) : null)
  }

  #sample(look) {
    const line = svg('line', { x1: 1, x2: 29, y1: 6, y2: 6, 'stroke-width': look.width, 'stroke-dasharray': look.dash })
    line.style.stroke = `var(${look.colour})`
    return svg('svg', { width: 30, height: 12, viewBox: '0 0 30 12', 'aria-hidden': 'true' }, line)
  }

  /** Everything, as it stands in the month of the cursor. */
  draw() {
    const { model } = this
    this.size = [this.stage.clientWidth, this.stage.clientHeight]
    if (!model.ready || !this.size[0] || !this.size[1]) return
    const ties = model.network.ties.filter(tie => this.kinds.has(tie.kind) && model.tieNow(tie))
    const nodes = this.#nodes(ties)
    this.places = layout(nodes, nodes.filter(one => one.role === 'pole'), this.size)
    this.canvas.setAttribute('viewBox', `0 0 ${this.size[0]} ${this.size[1]}`)
    clear(this.canvas, svg('g', { class: 'web-bands' }, this.#bands()), this.#edges(ties), svg('g', { class: 'web-nodes' }, nodes.map(one => this.#node(one))))
    this.told.textContent = this.#reading(ties.length)
    this.settle()
  }

  #reading(count) {
    const { model } = this
    const when = model.monthName(model.tieMonth)
    return `${count} ties as in ${when}. The nearer a state stands to a pole, the more it leans to it`
      + `${model.shading ? ` (${model.shadedMonth()}, mean of ${model.shading.runs.toLocaleString('en')} runs), as far as room allows` : ''}; poles lie in the direction they have on the globe.`
  }

  /** Deciders and poles always, others where a tie leads to them. */
  #nodes(ties) {
    const { model } = this
    const tied = new Set(ties.flatMap(tie => [tie.from, tie.to]))
    const actors = new Map(model.network.actors.map(one => [one.id, one]))
    const shown = model.network.actors.filter(one => ['focus', 'decider', 'pole'].includes(one.role) || tied.has(one.id))
    return shown.map(one => ({
      ...one, ...this.#box(one), near: one.kind === 'entity' ? one.parent : one.home, home: actors.get(one.home)?.name,
      bearing: model.bearing(one.id), leaning: model.leaningOf(one.id),
    }))
  }

  /** What is written of an actor, and how much room that takes. */
  #box(one) {
    const tight = this.size[0] < (this.model.deciders.length > 8 ? 520 : 400)
    const short = one.kind === 'state' || one.id.length <= 4 ? one.id.toUpperCase() : one.name
    const label = shortened(tight ? short : one.name, tight ? 9 : 21)
    const letter = tight ? 5.9 : 6.5
    const wide = { focus: 8, pole: 5 }[one.role] ?? 0
    return { label, w: label.length * letter / 2 + 8 + wide, h: one.role === 'focus' ? 16 : one.role === 'pole' ? 13 : tight ? 9.5 : 11 }
  }

  #node(node) {
    const { x, y, w, h: high } = this.places.get(node.id)
    const selected = this.model.selection?.kind === 'actor' && this.model.selection.id === node.id
    const round = node.role === 'pole' || node.kind === 'organisation' ? 2 : high
    return svg('g', {
      class: `web-node ${node.role} ${node.kind} ${selected ? 'selected' : ''}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
      role: 'button', 'aria-pressed': String(selected), 'aria-label': this.model.saidOf(`actor:${node.id}`).join('. '), dataset: { key: `actor:${node.id}` },
    }, svg('rect', { x: -w, y: -high, width: 2 * w, height: 2 * high, rx: round }), svg('text', { y: 4 }, node.label))
  }

  #edges(ties) {
    const most = Math.max(1, ...ties.filter(tie => tie.kind === 'trade' && tie.value).map(tie => tie.value))
    const seen = new Map()
    const chosen = this.model.selection
    const about = chosen?.kind === 'actor' ? chosen.id : chosen?.kind === 'tie' ? null : this.model.focus
    const drawn = ties.map(tie => {
      const pair = [tie.from, tie.to].sort().join('|')
      const turn = seen.get(pair) ?? 0
      seen.set(pair, turn + 1)
      const near = chosen?.kind === 'tie' ? chosen.id === tie.id : tie.from === about || tie.to === about
      return { tie, near, path: this.#curve(tie, turn) }
    }).sort((one, other) => one.near - other.near)
    this.written = []
    return svg('g', { class: 'web-edges' }, drawn.map(({ tie, near, path }) => this.#edge(tie, near, path, most)))
  }

  /** A line from one rim to the other; further ties of the same two bow outwards. */
  #curve(tie, turn) {
    const [a, b] = [this.places.get(tie.from), this.places.get(tie.to)]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const far = Math.hypot(dx, dy) || 1
    const side = tie.from < tie.to ? 1 : -1
    const bow = (turn === 0 ? 0.06 : (turn % 2 ? 1 : -1) * 0.14 * Math.ceil(turn / 2) + 0.06) * far * side
    const [cx, cy] = [(a.x + b.x) / 2 - dy / far * bow, (a.y + b.y) / 2 + dx / far * bow]
    const d = `M${a.x.toFixed(1)} ${a.y.toFixed(1)} Q${cx.toFixed(1)} ${cy.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`
    const on = along => [0, 1].map(axis => {
      const [from, by, to] = [[a.x, cx, b.x], [a.y, cy, b.y]][axis]
      return (1 - along) ** 2 * from + 2 * along * (1 - along) * by + along ** 2 * to
    })
    return { d, on }
  }

  /** Where along its line a number can be written without lying on a name or another number; null where nowhere. */
  #room(on, text) {
    const [w, high] = [text.length * 2.9 + 3, 7]
    const taken = [...this.places.values(), ...this.written]
    const free = ([x, y]) => !taken.some(one => Math.abs(one.x - x) < one.w + w && Math.abs(one.y - y) < one.h + high)
    const found = [0.5, 0.58, 0.42, 0.66, 0.34, 0.74, 0.26].map(on).find(free)
    if (found) this.written.push({ x: found[0], y: found[1], w, h: high })
    return found ?? null
  }

  #edge(tie, near, { d, on }, most) {
    const look = KINDS[tie.kind]
    const selected = this.model.selection?.kind === 'tie' && this.model.selection.id === tie.id
    const line = svg('path', { class: 'line', d, 'stroke-width': width(tie, most).toFixed(1), 'stroke-dasharray': look.dash })
    line.style.stroke = `var(${look.colour})`
    const said = near ? amount(tie, number) || look.title.toLowerCase() : ''
    const room = said ? this.#room(on, said) : null
    return svg('g', {
      class: `web-edge ${near ? 'near' : ''} ${selected ? 'selected' : ''}`, role: 'button', 'aria-pressed': String(selected),
      'aria-label': this.model.saidOf(`tie:${tie.id}`).join('. '), dataset: { key: `tie:${tie.id}` },
    }, svg('path', { class: 'reach', d }), line, room ? svg('text', { class: 'amount', x: room[0].toFixed(1), y: (room[1] + 3.5).toFixed(1) }, said) : null)
  }

  /** A band along the shortest tree through the members of the month. */
  #bands() {
    return this.model.network.institutions.map((one, place) => {
      if (!this.bands.has(one.id)) return null
      const members = this.model.membersNow(one).map(id => this.places.get(id)).filter(Boolean)
      if (!members.length) return null
      const d = tree(members).map(([from, to]) => `M${members[from].x.toFixed(1)} ${members[from].y.toFixed(1)}L${members[to].x.toFixed(1)} ${members[to].y.toFixed(1)}`).join('')
      const far = 3 + 3 * (place % 2)
      const rims = members.map(({ x, y, w, h: high }) => svg('rect', {
        x: (x - w - far).toFixed(1), y: (y - high - far).toFixed(1), width: (2 * (w + far)).toFixed(1), height: (2 * (high + far)).toFixed(1), rx: high + far,
      }))
      const lead = this.places.get(one.leader) ?? members[0]
      return svg('g', { class: `band band-${place % BANDS}` }, svg('g', { class: 'shapes' }, svg('path', { d: d || null }), rims),
        svg('text', { x: lead.x + (place % 2 ? -1 : 1) * 4, y: lead.y - lead.h - 9, 'text-anchor': place % 2 ? 'end' : 'start' }, called(one)))
    })
  }
}

const shortened = (name, most) => (name.length > most ? `${name.slice(0, most - 2).trimEnd()}…` : name)
// An institution goes by its letters, where it has any.
const called = one => (one.id.length <= 6 ? one.id : one.name)
