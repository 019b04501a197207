// Why the model chose this: the additive table of the six accounts behind each decision.

import { behind, clear, failed, h, note, signed, svg, table } from '../dom.js'

const NAMES = { baseline: 'Baseline', economy: 'Economy', security: 'Security', domestic: 'Domestic', autonomy: 'Autonomy', principle: 'Principle', reputation: 'Reputation', risk: 'Risk', anchor: 'Anchor' }

export const view = {
  id: 'why',
  mount(element, app) {
    const made = new Why(element, app)
    return { show: () => made.load() }
  },
}

class Why {
  asked = ''

  constructor(element, app) {
    this.app = app
    this.body = h('div', null, note('Running the model …'))
    this.run = h('input', { type: 'number', min: 0, step: 1, id: 'why-run', placeholder: 'all', onchange: event => { if (event.target.validity.valid) this.load() } })
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Why the model chose this'),
        h('label', { class: 'field' }, h('span', null, 'One run alone'), this.run),
        h('button', { type: 'button', onclick: () => { this.run.value = ''; this.load() } }, 'All runs')),
      this.body)
    app.on('settled', () => this.load())
    app.on('situation', () => { this.asked = '' })
  }

  async load() {
    const { app } = this
    if (app.state.view !== 'why' || !app.situation) return
    this.run.max = app.state.runs - 1
    const run = this.run.value === '' ? null : Number(this.run.value)
    const ask = app.ask({ run })
    const key = JSON.stringify(ask)
    if (key === this.asked) return
    this.asked = key
    try {
      const told = await app.post('/api/why', ask)
      if (key === this.asked) this.#fill(told)
    } catch (error) {
      this.asked = ''
      clear(this.body, failed(error))
    }
  }

  #fill(told) {
    const where = told.run === null ? `Means over ${told.runs.toLocaleString('en')} runs; the thin line holds nine tenths of them.` : `Run ${told.run} alone: its own numbers, exactly.`
    clear(this.body, h('p', { class: 'strong' }, told.said), note(where),
      told.moved ? note('The hollow mark is the baseline, without levers.') : null,
      told.decisions.map(one => this.#decision(one, told)))
  }

  #decision(one, told) {
    return h('article', { class: 'decision' },
      h('h3', null, one.title), note(one.question),
      h('p', null, one.odds, told.moved && one.total_before !== null ? ` In the baseline the log-odds are ${signed(one.total_before)}; now ${signed(one.total)}.` : ` The log-odds are ${signed(one.total)}.`),
      bars(one, told.moved),
      behind('Table', () => table({
        caption: `${one.title}: log-odds of “${one.first}” against “${one.second}”`,
        columns: [{ title: 'Account' }, { title: 'What it weighs' }, { title: 'Mean', num: true }, { title: '5–95 % of runs', num: true }, ...(told.moved ? [{ title: 'Baseline', num: true }, { title: 'Difference', num: true }] : [])],
        rows: [...one.rows.map(row => [NAMES[row.account] ?? row.account, row.words, signed(row.mean), `${signed(row.low)} to ${signed(row.high)}`, ...(told.moved ? [signed(row.before), signed(row.mean - row.before)] : [])]),
          ['Sum', 'log-odds', signed(one.total), '', ...(told.moved ? [signed(one.total_before ?? 0), signed(one.total - (one.total_before ?? 0))] : [])]],
      })))
  }
}

/** Bars to the right speak for the first option, to the left for the second; each says its number. */
function bars(one, moved) {
  const reach = Math.max(0.5, ...one.rows.flatMap(row => [Math.abs(row.low), Math.abs(row.high), Math.abs(row.before)]), Math.abs(one.total))
  const x = value => 50 + 48 * Math.max(-1, Math.min(1, value / reach))
  const rows = [...one.rows, { account: 'sum', words: 'log-odds', mean: one.total, low: one.total, high: one.total, before: one.total_before ?? one.total }]
  return h('div', { class: 'accounts', role: 'img', 'aria-label': `${one.title}. ${rows.map(row => `${NAMES[row.account] ?? 'Sum'} ${signed(row.mean)}`).join(', ')}` },
    h('div', { class: 'account ends', 'aria-hidden': 'true' }, h('span'), h('span', { class: 'sides' }, h('span', null, `← ${one.second}`), h('span', null, `${one.first} →`)), h('span')),
    rows.map(row => h('div', { class: row.account === 'sum' ? 'account sum' : 'account', title: row.words },
      h('span', { class: 'name' }, NAMES[row.account] ?? 'Sum', h('small', null, row.account === 'sum' ? '' : row.words)),
      svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'bar', 'aria-hidden': 'true' },
        svg('line', { x1: 50, x2: 50, y1: 0, y2: 10, class: 'axis' }),
        svg('rect', { x: Math.min(50, x(row.mean)), width: Math.abs(x(row.mean) - 50), y: 2, height: 6, class: row.mean < 0 ? 'against' : 'for' }),
        svg('line', { x1: x(row.low), x2: x(row.high), y1: 5, y2: 5, class: 'span' }),
        moved ? svg('rect', { x: x(row.before) - 0.4, width: 0.8, y: 0.5, height: 9, class: 'was' }) : null),
      h('span', { class: 'num' }, signed(row.mean)))))
}

