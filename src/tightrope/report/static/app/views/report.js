// New report: its claims are accepted or refused one by one, the judgements move, and nothing enters a case silently.

import { clear, failed, h, note, svg, table } from '../dom.js'
import { slug } from '../gap.js'
import { button, naming } from './library-parts.js'
import { faultTable } from './library-cases.js'
import { Entry } from './report-entry.js'

const ORDER = ['accept', 'refuse']
const SHORT = 70

/** From before (hollow) to after (full), on a track from 0 to 100 of 100 runs; the numbers stand beside it. */
function moved(before, after) {
  const at = value => 4 + 92 * value
  return svg('svg', { class: 'moved-track', viewBox: '0 0 100 12', 'aria-hidden': 'true' },
    svg('path', { class: 'track', d: 'M4 6H96' }), svg('path', { class: 'shift', d: `M${at(before)} 6H${at(after)}` }),
    svg('circle', { class: 'was', cx: at(before), cy: 6, r: 3.2 }), svg('circle', { class: 'is', cx: at(after), cy: 6, r: 3.2 }))
}

const shortened = text => text.length > SHORT ? `${text.slice(0, SHORT)}…` : text

export const view = {
  id: 'report',
  mount(element, app) {
    const made = new Proposal(element, app)
    return { show: () => made.show() }
  },
}

class Proposal {
  told = null
  accepted = new Set()
  refused = new Set()
  asked = 0

  constructor(element, app) {
    this.app = app
    this.entry = new Entry(app, {
      claims: () => this.#check(), report: asked => this.#read(asked), changed: () => this.#stale(), failed: error => clear(this.said, failed(error)),
    })
    this.said = h('div')
    this.claims = h('div')
    this.effect = h('div', { 'aria-live': 'polite' })
    this.keep = h('div')
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'New report')),
      h('p', { class: 'lede' }, 'A report has come in. Have it read, accept or refuse each claim that is found in it, and see what that does to the judgements. Nothing enters the case before you say so.'),
      this.entry.element, this.said, this.claims, this.effect, this.keep)
    app.on('situation', () => { this.entry.forget(); if (this.told) this.#again() })
    app.on('levers', () => this.#outdated())
  }

  show() { return this.entry.show() }

  #again() { return this.reread ? this.#read(this.reread) : this.#check() }

  #stale() {
    if (!this.told) return
    this.told = null
    clear(this.claims, note('The text has changed: have it read again.'))
    clear(this.effect)
    clear(this.keep)
  }

  #begin(text) {
    this.told = null
    for (const part of [this.effect, this.keep, this.claims]) clear(part)
    clear(this.said, note(text))
  }

  /** Claims that somebody wrote down: accepted until they are refused. */
  async #check() {
    this.reread = null
    this.#begin('Checking …')
    try {
      this.told = await this.app.post('/api/proposals/check', { ask: this.app.ask(), text: this.entry.claims })
      clear(this.said)
    } catch (error) {
      clear(this.said, error.faults?.length ? h('div', { class: 'error', role: 'alert' }, h('p', null, 'This cannot be read as claims yet.'), faultTable(error.faults)) : failed(error))
      return
    }
    if (this.told.faults.length) {
      clear(this.said, h('div', { class: 'error', role: 'alert' }, h('p', null, 'Some of it cannot stand in the case. Mend it above and check again.'), faultTable(this.told.faults)))
    }
    if (this.entry.fresh) this.refused = new Set()
    this.entry.fresh = false
    this.accepted = new Set(this.told.faults.length ? [] : this.told.claims.map(one => one.id).filter(id => !this.refused.has(id)))
    this.#list()
  }

  /** Claims that rules found in a report: refused until somebody has looked at them. */
  async #read(asked) {
    this.reread = asked
    this.#begin('Reading …')
    try {
      this.told = await this.app.post('/api/proposals/read', { ask: this.app.ask(), ...asked })
      clear(this.said)
    } catch (error) {
      clear(this.said, failed(error))
      return
    }
    const { held, claims } = this.told
    if (held || !claims.length) {
      clear(this.said, h('p', { class: 'notice', role: 'status' }, held ? `The case has this very text as ${held}. Leave ${held} out, above, to see what it changes.`
        : 'Nothing was found in it that would be a claim of this case.'))
      this.told = null
      return
    }
    this.accepted = new Set()
    this.refused = new Set(claims.map(one => one.id))
    this.#list()
    this.app.announce(`${claims.length} claims found.`)
  }

  #list() {
    const { claims, title, published, later, faults } = this.told
    const ready = !faults.length
    this.count = h('span', { class: 'note', role: 'status' })
    clear(this.claims, h('section', { 'aria-labelledby': 'claims-step' },
      h('h3', { id: 'claims-step' }, '2. Accept or refuse'),
      h('p', { class: 'note' }, `${title ?? 'The source'}, published ${published ?? '?'}. ${claims.length} claim${claims.length === 1 ? '' : 's'}.`,
        later ? ' It came out after the day up to which the case is known, so both sides are run from its own day on.' : ''),
      h('ul', { class: 'plain proposals' }, claims.map(one => this.#claim(one, ready))),
      h('div', { class: 'row' }, button('Accept all', () => this.#all(true), { disabled: !ready }), button('Refuse all', () => this.#all(false), { disabled: !ready }),
        button('What does it change?', () => this.#ask(), { class: 'go', disabled: !ready }), this.count)))
    this.#counted()
  }

  #claim(one, ready) {
    const choice = ready ? h('fieldset', { class: 'choice' }, h('legend', { class: 'hidden' }, `The claim ${one.id}`), ORDER.map(word => h('label', null,
      h('input', { type: 'radio', name: `claim-${one.id}`, value: word, checked: this.accepted.has(one.id) === (word === 'accept'), onchange: () => this.#choose(one.id, word) }), word))) : null
    const beside = (title, found, sign) => found?.length ? h('details', { class: 'beside' }, h('summary', null, `${sign} ${title} (${found.length})`),
      h('ul', null, found.map(known => h('li', null, known.paraphrase, ' ', h('small', null, `${known.id} · ${known.source} · ${known.date}${known.stance === null ? '' : ` · ${known.stance}`}`), ' ',
        button('evidence', () => this.app.open('evidence', { claim: known.id }), { class: 'link', 'aria-label': `Open ${known.id} in the evidence` }))))) : null
    return h('li', { class: 'proposed', dataset: { claim: one.id } }, choice,
      h('div', null,
        h('p', { class: 'text' }, one.paraphrase ?? 'This claim cannot be read; see the faults above.'),
        one.passage ? h('blockquote', { class: 'passage', dir: 'auto' }, one.passage.replace(/\s+/g, ' ')) : null,
        h('p', { class: 'note' }, [one.id, one.kind, one.about, one.date, one.stance === null || one.stance === undefined ? null : `stance ${one.stance}`, one.line ? `line ${one.line}` : null].filter(Boolean).join(' · ')),
        one.sets ? h('p', { class: one.nothing ? 'note' : 'sets' }, `Sets ${one.sets}.`) : null,
        one.doubts?.length ? h('p', { class: 'doubt' }, `Low confidence: ${one.doubts.join('; ')}.`) : null,
        beside('contradicts known claims', one.opposite, '≠'), beside('differs in degree from known claims', one.other, '≈'), beside('says what is known', one.same, '=')))
  }

  #choose(id, word) {
    if (word === 'accept') { this.accepted.add(id); this.refused.delete(id) } else { this.accepted.delete(id); this.refused.add(id) }
    this.#counted()
    this.#outdated()
  }

  #all(accept) {
    const all = this.told.claims.map(one => one.id)
    this.accepted = new Set(accept ? all : [])
    this.refused = new Set(accept ? [] : all)
    for (const input of this.claims.querySelectorAll('input[type=radio]')) input.checked = (input.value === 'accept') === accept
    this.#counted()
    this.#outdated()
  }

  #counted() { this.count.textContent = `${this.accepted.size} accepted, ${this.told.claims.length - this.accepted.size} refused` }

  #outdated() {
    this.asked += 1
    if (this.effect.childElementCount) clear(this.effect, note('Something has been moved since: ask again what it changes.'))
    clear(this.keep)
  }

  #body() {
    return { ask: this.app.ask(), source: this.told.source, accepted: this.told.claims.filter(one => this.accepted.has(one.id)).map(one => one.data) }
  }

  async #ask() {
    const mine = ++this.asked
    const body = this.#body()
    clear(this.keep)
    clear(this.effect, note('Running the case without and with the accepted claims …'))
    try {
      const told = await this.app.post('/api/proposals/effect', body)
      if (mine !== this.asked) return
      const movers = h('div', null, told.same || !body.accepted.length ? null : note('Leaving out each accepted claim in turn, to see which moved what …'))
      clear(this.effect, this.#effects(told), movers)
      this.#offer(body)
      if (!told.same && body.accepted.length) await this.#movers(body, movers, mine, told)
    } catch (error) { if (mine === this.asked) clear(this.effect, failed(error)) }
  }

  #effects(told) {
    const points = value => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(1)}`
    const said = told.same ? 'Nothing changes: every run comes out exactly as before.' : null
    const rows = told.judgements.map(one => {
      const { mean, low, high, turned } = one.gap
      const clearly = low > 0 || high < 0
      const gap = turned ? `${points(mean)} (${points(low)} to ${points(high)})` : 'exactly 0'
      return [one.title, `${one.before.word}, ${Math.round(100 * one.before.frequency)} of 100 runs`,
        `${one.after.word}, ${Math.round(100 * one.after.frequency)} of 100 runs`, moved(one.before.frequency, one.after.frequency),
        clearly ? h('strong', null, gap) : gap, turned ? (clearly ? (mean > 0 ? '▲ likelier' : '▼ less likely') : 'within chance') : '– unchanged']
    })
    this.app.announce(said ?? `${rows.filter(row => /likel/.test(row[5])).length} judgements move by more than chance.`)
    return h('section', { 'aria-labelledby': 'effect-step' }, h('h3', { id: 'effect-step' }, '3. What it changes'),
      said ? h('p', { class: 'notice' }, said) : null,
      note(`${told.accepted} claim${told.accepted === 1 ? '' : 's'} accepted. ${told.runs} runs of ${told.months} months each side, with the same random numbers, known as of ${told.as_of}. In points of 100 runs, with the 90 % interval.`),
      table({ caption: 'The key judgements before and after', columns: [{ title: 'Judgement' }, { title: 'Before' }, { title: 'After' }, { title: '0 to 100' }, { title: 'Difference', num: true }, { title: 'Direction' }], rows }),
      told.others.length ? h('details', { class: 'behind' }, h('summary', null, `What else differs by more than chance (${told.others.length})`),
        table({ caption: 'Other outcomes, after less before', columns: [{ title: 'Outcome' }, { title: 'Mean', num: true }, { title: '90 % interval', num: true }, { title: 'Unit' }],
          rows: told.others.map(one => [one.label, one.shown[1], `${one.shown[0]} to ${one.shown[2]}`, one.unit]) })) : null)
  }

  async #movers(body, home, mine, told) {
    const found = await this.app.post('/api/proposals/movers', body)
    if (mine !== this.asked) return
    const names = Object.keys(found.movers)
    const cell = gap => {
      if (!gap || !gap.turned) return '0'
      const text = `${gap.mean > 0 ? '+' : gap.mean < 0 ? '−' : ''}${Math.abs(100 * gap.mean).toFixed(1)}`
      return gap.low > 0 || gap.high < 0 ? h('strong', null, text) : text
    }
    const called = name => [shortened(body.accepted.find(one => one.id === name)?.paraphrase ?? name), h('small', null, ` ${name}`)]
    const silent = body.accepted.length - names.length - found.left.length
    clear(home, table({
      caption: 'Which claim moved each',
      columns: [{ title: 'Claim' }, ...told.judgements.map(one => ({ title: one.title, num: true }))],
      rows: names.map(name => [called(name), ...told.judgements.map(one => cell(found.movers[name][one.id]))]),
    }), note(`What the claim's presence does, in points of 100 runs: the ${found.runs} runs with all accepted claims less those without this one. Bold: more than chance.`,
      silent ? ` ${silent} accepted claim${silent === 1 ? ' sets' : 's set'} nothing and move${silent === 1 ? 's' : ''} nothing.` : '',
      found.left.length ? ` Not measured, only ${names.length} are: ${found.left.join(', ')}.` : ''))
  }

  /** For good means: in a case of one's own; the one that is open stays as it is. */
  #offer(body) {
    if (!body.accepted.length) return
    const start = () => clear(this.keep, naming({
      label: 'Name of the new case', value: `${this.app.state.case}-updated`, verb: 'Save', close: () => this.#offer(body),
      done: async text => {
        const kept = await this.app.post('/api/proposals/accept', { ...body, to: slug(text) })
        const day = this.told?.later ? this.told.published.split(' ').at(-1) : null
        clear(this.keep, h('p', { class: 'notice', role: 'status' }, `Saved as ${kept.name}, with ${body.accepted.length} claims more. `,
          day ? `The source came out on ${day}, so it is opened as of that day. ` : '',
          button('Open it', () => this.app.set({ case: kept.name, asOf: day, base: null, levers: {}, pins: [], without: [], selection: null, month: null }))))
      },
    }))
    clear(this.keep, h('section', { 'aria-labelledby': 'keep-step' }, h('h3', { id: 'keep-step' }, '4. For good'),
      note('Saves a copy of the case with the accepted claims and their source in it. The case that is open stays as it is.'),
      button(`Save a case with these ${body.accepted.length} claims`, start)))
  }
}
