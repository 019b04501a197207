// Why the model chose this: the additive table of the six accounts behind each decision, for all runs or for a single one.

import { behind, clear, failed, h, note, table } from '../dom.js'
import { lastMonth } from '../gap.js'
import { Leaning } from './why-leaning.js'
import { bars, exact, NAMES } from './why-parts.js'

/** What stands before the decisions. */
const LEANINGS = { id: 'leanings', title: 'Leaning, power by power' }

export const view = {
  id: 'why', title: 'Why', order: 60,
  mount(element, app) {
    const made = new Why(element, app)
    return { show: params => made.show(params), hide() {} }
  },
}

class Why {
  asked = ''

  constructor(element, app) {
    this.app = app
    this.body = h('div', null, note('Running the model …'))
    this.leaning = new Leaning((one, told, names) => this.#account(one, told, names), (one, names) => this.#behind(one, names))
    this.said = h('p', { class: 'strong' })
    this.where = h('p', { class: 'note', 'aria-live': 'polite' })
    clear(element, h('div', { class: 'view-head' }, h('h2', null, 'Why the model chose this')), this.said, this.#picker(), this.where, this.body)
    app.on('settled', () => this.load())
    app.on('situation', () => { this.asked = '' })
  }

  /** All runs, or one by its number. */
  #picker() {
    this.run = h('input', { type: 'number', min: 0, step: 1, 'aria-label': 'Number of the run', onchange: () => this.load() })
    this.every = h('button', { type: 'button', 'aria-pressed': 'true', onclick: () => this.#choose('') }, 'All runs')
    const step = by => () => this.#choose(Math.max(0, Math.min(this.app.state.runs - 1, Number(this.run.value || (by > 0 ? -1 : 0)) + by)))
    return h('div', { class: 'picker', role: 'group', 'aria-label': 'Which runs' }, this.every,
      h('span', null, 'or one run alone:'), h('button', { type: 'button', 'aria-label': 'The run before', onclick: step(-1) }, '‹'), this.run, h('button', { type: 'button', 'aria-label': 'The next run', onclick: step(1) }, '›'),
      this.range = h('span', { class: 'note' }))
  }

  #choose(run) {
    this.run.value = run
    this.load()
  }

  show(params = {}) {
    this.wanted = params?.power ? 'leanings' : params?.decision ?? null
    if (params?.power || params?.grounds) this.leaning.pick(params.power, params.grounds)
    if (Number.isInteger(params?.run)) this.run.value = params.run
    return this.load()
  }

  async load() {
    const { app } = this
    if (app.state.view !== 'why' || !app.situation) return
    this.run.max = app.state.runs - 1
    this.range.textContent = `0 to ${app.state.runs - 1}`
    if (!this.run.validity.valid) {
      this.where.textContent = `There is no such run; give 0 to ${app.state.runs - 1}.`
      return
    }
    const run = this.run.value === '' ? null : Number(this.run.value)
    this.every.setAttribute('aria-pressed', String(run === null))
    const question = app.ask({ run })
    const key = JSON.stringify(question)
    if (key !== this.asked) await this.#fetch(question, key)
    else if (this.wanted === 'leanings' && this.leaning.told) this.leaning.fill(this.leaning.told, this.leaning.by)
    this.#scroll()
  }

  async #fetch(question, key) {
    this.asked = key
    this.where.textContent = 'Running the model …'
    try {
      const told = await this.app.post('/api/why', question)
      if (key === this.asked) this.#fill(told)
    } catch (error) {
      if (key !== this.asked) return
      this.asked = ''
      this.where.textContent = ''
      clear(this.body, failed(error))
    }
  }

  #scroll() {
    const found = this.wanted && this.body.querySelector(`[data-decision="${CSS.escape(this.wanted)}"]`)
    found?.scrollIntoView({ block: 'start' })
    found?.focus({ preventScroll: true })
    this.wanted = null
  }

  #fill(told) {
    this.said.textContent = told.said
    this.where.textContent = told.run === null
      ? `Means over ${told.runs.toLocaleString('en')} runs. A bar is the mean, the thin line holds nine tenths of the runs${told.moved ? ', the hollow mark is the case without levers' : ''}.`
      : `Run ${told.run} of ${told.runs.toLocaleString('en')} alone: its own numbers, exactly${told.moved ? '; the hollow mark is the same run without levers' : ''}.`
    const shift = one => (told.moved ? Math.abs(one.total - (one.total_before ?? 0)) : 0)
    const moved = [...told.decisions].sort((one, other) => shift(other) - shift(one))
    const often = moved.filter(one => !one.occasions)
    const rare = moved.filter(one => one.occasions)
    this.leaning.fill(told, this.app.frame ? lastMonth(this.app) : this.app.situation.months.at(-1))
    clear(this.body, this.leaning.element, contents([LEANINGS, ...often, ...rare], id => { this.wanted = id; this.#scroll() }), told.moved ? note('Of the decisions, what the levers change most comes first.') : null, often.map(one => this.#decision(one, told)),
      rare.length ? h('h3', { class: 'part' }, 'On occasions') : null, rare.length ? note('Decisions that are not up every month; the most frequent first.') : null, rare.map(one => this.#decision(one, told)))
    if (told.run !== null) this.app.announce(this.where.textContent)
  }

  #decision(one, told) {
    return h('article', { class: 'decision', tabindex: '-1', dataset: { decision: one.id } }, h('h3', null, one.title), note(one.question), this.#account(one, told))
  }

  /** A table as odds in words, bars, numbers, and what stands behind each row. */
  #account(one, told, names = NAMES) {
    const change = told.moved && one.total_before !== null
    const differs = change && exact(one.total_before) !== exact(one.total)
    return [
      h('p', { class: 'odds' }, one.odds, one.fits ? ` ${one.fits}` : '', ' ', h('span', { class: 'note' }, `Log-odds ${exact(one.total)}`, change ? (differs ? `; without levers ${exact(one.total_before)}` : '; the same without levers') : '', told.moved && one.total_before === null ? '; without levers it does not come up' : '', '.')),
      bars(one, change, names),
      h('div', { class: 'backs' }, behind('Table', () => this.#table(one, change, told, names)), this.#behind(one, names))]
  }

  #behind(one, names) {
    const details = behind('What stands behind each account', () => this.#grounds(one, names))
    details.classList.add('grounded')
    return details
  }

  /** The exact numbers: three decimals, so that rows add up to the eye as well. */
  #table(one, change, told, names) {
    const spread = told.run === null
    const row = (name, said, found) => [name, said, exact(found.mean), ...(spread ? [found.low === undefined ? '' : `${exact(found.low)} to ${exact(found.high)}`] : []),
      ...(change ? [exact(found.before), exact(found.mean - found.before)] : [])]
    return table({
      caption: `${one.title}: log-odds of “${one.first}” against “${one.second}”`,
      columns: [{ title: 'Account' }, { title: 'What it weighs' }, { title: spread ? 'Mean' : 'This run', num: true }, ...(spread ? [{ title: '5–95 % of runs', num: true }] : []), ...(change ? [{ title: 'Without levers', num: true }, { title: 'Difference', num: true }] : [])],
      rows: [...one.rows.map(found => row(names[found.account] ?? found.account, found.words, found)), row(h('b', null, names.sum), '', { mean: one.total, before: one.total_before ?? 0 })],
    })
  }

  #grounds(one, names) {
    const assumed = each => (each.assumed ? 'our assumption' : each.basis)
    const item = each => h('li', null, `${each.meaning || each.name}: `, h('b', null, each.range), ` ${each.unit} `, h('span', { class: 'note' }, `(${assumed(each)})`))
    const claims = (ids, of) => h('button', { type: 'button', class: 'link', onclick: () => this.app.open('evidence', { claims: ids, of }) }, `${ids.length} claim${ids.length === 1 ? '' : 's'} set${ids.length === 1 ? 's' : ''} it at the start`)
    return h('dl', { class: 'grounds' }, one.rows.map(({ account, words, behind: found }) => h('div', null,
      h('dt', null, names[account] ?? account, h('small', null, ` ${words}`)),
      h('dd', null, found.claims.length ? claims(found.claims, `behind “${names[account] ?? account}”`) : h('p', { class: 'note' }, 'No claim in words bears on it.'),
        found.figures.length ? h('ul', null, found.figures.map(item)) : null, found.parameters.length ? h('ul', null, found.parameters.map(item)) : null))))
  }
}

/** Which decisions there are, to jump to; folded where there is little room. */
const contents = (decisions, go) => h('details', { class: 'contents', open: matchMedia('(min-width: 60rem)').matches }, h('summary', null, `All ${decisions.length} tables`),
  h('nav', { 'aria-label': 'Decisions' }, decisions.map(one => h('button', { type: 'button', class: 'link', onclick: () => go(one.id) }, one.title))))
