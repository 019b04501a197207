// What map, network and panel share: the case's states and ties, the shading that the server computed, the month of the cursor.

import { number } from '../dom.js'
import { amount, holds, KINDS } from './kinds.js'
import { middle, world } from './world.js'

const NAMES = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export class Model {
  world = null
  atlas = null
  network = null
  shading = null
  #high = 0
  #read = null

  constructor(app) { this.app = app }

  get ready() { return this.world !== null && this.atlas !== null && this.network !== null && this.#read === this.where }
  get selection() { return this.app.state.selection }

  /** What the panel tells of: what is selected, else the state of the case. */
  get told() { return ['actor', 'tie', 'area'].includes(this.selection?.kind) ? this.selection : { kind: 'actor', id: this.focus } }

  get month() { return this.app.state.month }
  get focus() { return this.app.situation.case.focus }
  get deciders() { return this.app.situation.case.deciders.map(one => one.id) }
  get where() { return JSON.stringify([this.app.state.case, this.app.state.asOf, this.app.state.without]) }

  get query() {
    const { case: name, asOf, without } = this.app.state
    return { case: name, as_of: asOf, without: without.join(',') }
  }

  /** Read what this case has of states and ties, if it is not at hand. */
  async read() {
    const { where } = this
    if (this.ready) return false
    const [found, atlas, network] = await Promise.all([world(), this.app.get('/api/atlas', this.query), this.app.get('/api/network', this.query)])
    if (where !== this.where) return false
    this.byId = new Map(atlas.states.map(one => [one.id, one]))
    this.byNumeric = new Map(atlas.states.map(one => [one.numeric, one]))
    this.actors = new Map(network.actors.map(one => [one.id, one]))
    this.ties = new Map(network.ties.map(one => [one.id, one]))
    Object.assign(this, { world: found, atlas, network, shading: null })
    this.#read = where
    this.#high = 0
    return true
  }

  took(shading) {
    this.#high = this.shading?.quantity === shading.quantity ? Math.max(this.#high, shading.ceiling) : shading.ceiling
    this.shading = shading
  }

  /** The ends of the ramp; the upper one only grows while one quantity is shown. */
  get domain() { return this.shading ? [this.shading.floor, this.#high] : [0, 1] }

  numeric(id) { return this.byId.get(id)?.numeric }
  nameOf(id) { return this.actors.get(id)?.name ?? this.byId.get(id)?.name ?? id }

  roleOf(id) {
    const kind = this.actors.get(id)?.kind
    const role = this.actors.get(id)?.role
    return { focus: 'The state of this case', decider: 'Decides in the model', pole: 'A power that states lean to', entity: 'Entity whose statehood is disputed' }[role] ?? kind ?? ''
  }

  area(id) { return this.world.areas.find(one => one.id === id) }

  /** Which of the run's months is shown: that of the cursor, else the last. */
  get place() {
    const ids = this.shading.month_ids
    if (this.month === null || this.month > ids.at(-1)) return ids.length - 1
    return Math.max(0, ids.indexOf(this.month))
  }

  shadedMonth() { return this.shading.months[this.place] }

  /** Why the month that is shown is not that of the cursor. */
  monthNote() {
    const ids = this.shading.month_ids
    if (this.month === null) return 'the last month of the runs; move the cursor on the timeline for others'
    if (this.month < ids[0]) return `the first month of the runs: the cursor, ${this.monthName(this.month)}, lies before them`
    return this.month > ids.at(-1) ? `the last month of the runs: the cursor, ${this.monthName(this.month)}, lies beyond them` : ''
  }

  /** Ties of months ahead are those known last. */
  get tieMonth() {
    const last = this.app.situation.case.as_of.slice(0, 7)
    return this.month === null || this.month > last ? last : this.month
  }

  monthName(month) { return `${NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}` }

  value(id) { return this.shading?.actors[id]?.mean[this.place] ?? null }

  format(value) {
    const { unit } = this.shading
    return unit.startsWith('%') ? `${number(value, 2)} %` : number(value, unit.startsWith('0 ') ? 3 : 2)
  }

  shown(id) {
    const value = this.value(id)
    return value === null ? '' : this.format(value)
  }

  leaningOf(id) {
    const found = this.shading?.leaning[id]
    return found ? Object.fromEntries(Object.entries(found).map(([pole, months]) => [pole, months[this.place]])) : null
  }

  tieNow(tie) { return holds(tie, this.tieMonth) }
  tiesOf(id) { return this.network.ties.filter(tie => this.tieNow(tie) && [tie.from, tie.to].some(end => end === id || this.actors.get(end)?.home === id)) }
  membersNow(one) { return one.members.filter(each => holds(each, this.tieMonth)).map(each => each.actor) }

  areaNow(id) {
    const { since, until } = this.area(id)
    const month = this.month ?? this.app.situation.case.as_of.slice(0, 7)
    return since.slice(0, 7) <= month && (!until || until.slice(0, 7) >= month)
  }

  /** The direction of an actor from the focus on the globe, anticlockwise from east. */
  bearing(id) {
    const codes = this.atlas.blocs.find(one => one.id === id)?.members ?? [id]
    const to = middle(codes.map(code => this.numeric(code)), this.world)
    const from = middle([this.numeric(this.focus)], this.world)
    if (!to || !from) return null
    return Math.atan2(to[1] - from[1], (((to[0] - from[0] + 540) % 360) - 180) * Math.cos(from[1] * Math.PI / 180))
  }

  chooseArea(id) {
    const { entity } = this.area(id)
    this.app.select(entity && this.actors.has(entity) ? { kind: 'actor', id: entity } : { kind: 'area', id })
  }

  chooseState(id) {
    const state = this.byId.get(id)
    this.app.select({ kind: 'actor', id: state.role === 'member' && !state.actor ? state.pole : id })
  }

  /** What is said of a thing in a line or three: the first is its name. */
  saidOf(key) {
    const [kind, id] = key.split(':')
    if (kind === 'area') return [`${this.area(id).name}: disputed`, this.area(id).said]
    if (kind === 'tie') return this.#tieSaid(this.ties.get(id))
    return this.#actorSaid(id)
  }

  #actorSaid(id) {
    const state = this.byId.get(id)
    const role = this.actors.has(id) ? this.roleOf(id) : state?.pole ? `Member of ${this.nameOf(state.pole)}` : ''
    const shown = this.shading?.actors[id]
    if (!shown) return [this.nameOf(id), role].filter(Boolean)
    const at = this.place
    const before = this.shading.before?.[id]?.[at]
    return [this.nameOf(id), role, `${this.shading.title}: ${this.format(shown.mean[at])} (${this.format(shown.p05[at])} to ${this.format(shown.p95[at])})`,
      before === undefined ? '' : `baseline ${this.format(before)}`, `${this.shadedMonth()}, ${this.shading.runs.toLocaleString('en')} runs`].filter(Boolean)
  }

  #tieSaid(tie) {
    const until = tie.until ? `, until ${tie.until.text}` : ''
    return [`${KINDS[tie.kind].title}: ${this.nameOf(tie.from)} – ${this.nameOf(tie.to)}`, amount(tie, number), `since ${tie.since.text}${until}`].filter(Boolean)
  }
}
