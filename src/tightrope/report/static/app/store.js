// What the page is about: one frozen state, its history, and its address. Whoever wants to know subscribes.

const EMPTY = {
  case: 'kazakhstan-2022', asOf: null, without: [], seed: 1, runs: 1000, months: null,
  base: null, levers: {}, pins: [], view: 'judgements', selection: null, month: null, theme: 'system',
}
// Pins go by letters, so that the second keeps its letter when the first is taken away.
export const LETTERS = ['A', 'B', 'C', 'D']
// What a step back brings back; what is looked at, and whether it changed, is none of it.
const TOLD = ['case', 'asOf', 'without', 'seed', 'runs', 'months', 'base', 'levers', 'pins']
const DEEP = 200
// So many steps outlive a reload.
const KEPT = 50

export class Store {
  #state = Object.freeze({ ...EMPTY })
  #past = []
  #future = []
  #heard = new Map()
  #merging = null

  get state() { return this.#state }
  get canUndo() { return this.#past.length > 0 }
  get canRedo() { return this.#future.length > 0 }

  on(name, hear) {
    if (!this.#heard.has(name)) this.#heard.set(name, new Set())
    this.#heard.get(name).add(hear)
    return () => this.#heard.get(name).delete(hear)
  }

  tell(name, detail) {
    for (const hear of [...(this.#heard.get(name) ?? [])]) {
      try { hear(detail) } catch (error) { console.error(error) }
    }
  }

  /** Change the state. Moves of one lever in a row (`merge`) are one step back. */
  set(changes, { undo = true, merge = null } = {}) {
    const before = this.#state
    const after = Object.freeze({ ...before, ...changes })
    if (undo && TOLD.some(name => changed(before[name], after[name]))) this.#remember(before, merge)
    this.#turn(before, after)
  }

  #remember(before, merge) {
    if (merge === null || merge !== this.#merging) {
      this.#past.push(before)
      if (this.#past.length > DEEP) this.#past.shift()
    }
    this.#merging = merge
    this.#future = []
  }

  undo() { this.#step(this.#past, this.#future) }
  redo() { this.#step(this.#future, this.#past) }

  #step(from, to) {
    const found = from.pop()
    if (!found) return
    to.push(this.#state)
    this.#merging = null
    this.#turn(this.#state, Object.freeze({ ...this.#state, ...told(found) }))
  }

  /** What can be undone and redone, as text, for the same state to take up again after a reload. */
  get steps() {
    return JSON.stringify({ now: told(this.#state), past: this.#past.slice(-KEPT).map(told), future: this.#future.slice(-KEPT).map(told) })
  }

  /** Take steps up again, unless they belong to another state than this one. */
  resume(text) {
    const { now, past, future } = JSON.parse(text)
    if (changed(now, told(this.#state))) return
    this.#past = past
    this.#future = future
    this.tell('state', this.#state)
  }

  #turn(before, after) {
    this.#state = after
    const differs = name => changed(before[name], after[name])
    if (['case', 'asOf', 'without'].some(differs)) this.tell('where', { before })
    else if (['base', 'levers', 'seed', 'runs', 'months'].some(differs)) this.tell('levers', { before })
    for (const name of ['without', 'pins', 'selection', 'month', 'view', 'theme']) if (differs(name)) this.tell(name, after[name])
    this.tell('state', after)
  }
}

const told = state => Object.fromEntries(TOLD.map(name => [name, state[name]]))

export const changed = (one, other) => JSON.stringify(one) !== JSON.stringify(other)

const pairs = levers => Object.entries(levers).map(([id, value]) => `${id}:${value}`).join(',')
const unpaired = text => Object.fromEntries((text || '').split(',').filter(Boolean).map(each => {
  const cut = each.lastIndexOf(':')
  return [each.slice(0, cut), Number(each.slice(cut + 1))]
}).filter(([id, value]) => id && Number.isFinite(value)))
// ~ and | part the fields of a pin, so a name must not bring its own.
const quoted = text => text.replace(/[%~|]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
const unquoted = text => { try { return decodeURIComponent(text) } catch { return '' } }
const pinned = pin => [pin.letter, pin.name, pin.base ?? '', pairs(pin.levers)].map(quoted).join('~')

/** Pins as an address tells them; each letter once. */
function unpinned(text) {
  const found = new Map()
  for (const each of (text || '').split('|').filter(Boolean)) {
    const [letter, name, base, levers] = each.split('~').map(unquoted)
    if (LETTERS.includes(letter) && !found.has(letter)) found.set(letter, { letter, name: name || letter, base: base || null, levers: unpaired(levers) })
  }
  return [...found.values()]
}

/** The state as the part of an address behind its #. */
export function address(state, digest) {
  const found = new URLSearchParams()
  const put = (name, value, usual) => { if (changed(value, usual)) found.set(name, value) }
  put('case', state.case, EMPTY.case)
  put('asof', state.asOf, null)
  put('without', state.without.join(','), '')
  put('seed', state.seed, EMPTY.seed)
  put('runs', state.runs, EMPTY.runs)
  put('months', state.months, null)
  put('base', state.base, null)
  put('l', pairs(state.levers), '')
  put('pins', state.pins.map(pinned).join('|'), '')
  put('view', state.view, EMPTY.view)
  if (digest) found.set('h', digest.slice(0, 12))
  return found.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~')
}

/** The state that an address tells, and the digest of the case that it was made on. */
export function readAddress(text) {
  const found = new URLSearchParams(text.replace(/^#/, ''))
  const whole = (name, low, high) => {
    const value = Number(found.get(name))
    return found.has(name) && Number.isInteger(value) && value >= low && value <= high ? value : null
  }
  return {
    state: {
      case: found.get('case') || EMPTY.case,
      asOf: /^\d{4}-\d\d-\d\d$/.test(found.get('asof') ?? '') ? found.get('asof') : null,
      without: (found.get('without') || '').split(',').filter(Boolean),
      seed: whole('seed', 0, 2 ** 32 - 1) ?? EMPTY.seed,
      runs: whole('runs', 1, 2000) ?? EMPTY.runs,
      months: whole('months', 1, 120),
      base: found.get('base') || null,
      levers: unpaired(found.get('l')),
      pins: unpinned(found.get('pins')),
      view: found.get('view') || EMPTY.view,
    },
    digest: found.get('h'),
  }
}
