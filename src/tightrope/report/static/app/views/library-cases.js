// Cases: open, upload with every fault at its place, duplicate, rename, delete and undo.

import { clear, failed, h, note, table } from '../dom.js'
import { slug } from '../gap.js'
import { button, day, keepFocus, naming, undone } from './library-parts.js'

const YAML = /\.ya?ml$/i

export const cases = app => new Cases(app)

class Cases {
  constructor(app) {
    this.app = app
    this.said = h('div')
    this.faults = h('div', { class: 'library-faults', hidden: true })
    this.list = h('div', null, note('…'))
    this.name = h('input', { type: 'text', id: 'upload-name', maxlength: '64', placeholder: 'from the file' })
    this.drop = this.#zone()
    this.element = h('section', { class: 'library-part', 'aria-labelledby': 'library-cases' },
      h('h3', { id: 'library-cases' }, 'Cases'), this.list, this.drop, this.said)
    app.on('situation', () => this.#fill())
  }

  async load() {
    try {
      this.told = await this.app.get('/api/cases')
      this.#fill()
    } catch (error) { clear(this.list, failed(error)) }
  }

  #fill() {
    if (!this.told) return
    this.drop.hidden = !this.told.keeps
    keepFocus(this.list, () => this.#draw(this.told))
  }

  #draw({ cases, deleted }) {
    clear(this.list, h('ul', { class: 'plain shelf' }, cases.map(one => this.#row(one))),
      this.told.keeps ? null : note('This server keeps nothing: start it with --workspace FOLDER to upload or copy a case.'),
      deleted.length ? h('details', null, h('summary', null, `Deleted (${deleted.length})`),
        h('ul', { class: 'plain shelf' }, deleted.map(one => h('li', null, h('p', null, one.name, h('small', null, ` deleted ${day(one.when)}`)),
          button('Restore', () => this.#do(() => this.app.post('/api/cases/restore', { token: one.token })), { 'aria-label': `Restore ${one.name}` }))))) : null)
  }

  #row(one) {
    const here = one.name === this.app.state.case
    const below = h('div')
    const close = () => clear(below)
    const put = (verb, label, value, done) => clear(below, naming({ label, value, verb, close, done: async text => { await done(slug(text)); close() } }))
    const about = [one.name, one.as_of ? `as of ${one.as_of}` : null, one.origin === 'shipped' ? 'comes with the program' : 'yours']
    return h('li', { class: here ? 'here' : null },
      h('p', { class: 'shelf-title' }, h('strong', null, one.title), h('small', null, ` ${about.filter(Boolean).join(' · ')}`)),
      h('div', { class: 'row' },
        here ? h('span', { class: 'note' }, 'open now') : button('Open', () => this.open(one.name), { 'aria-label': `Open ${one.name}` }),
        this.told.keeps ? button('Duplicate', () => put('Duplicate', 'Name of the copy', `${one.name}-copy`, to => this.#copy(one, to)), { class: 'link', 'aria-label': `Duplicate ${one.name}` }) : null,
        button('Download', () => this.#download(one), { class: 'link', 'aria-label': `Download ${one.name} as zip` }),
        one.origin === 'saved' ? [
          button('Rename', () => put('Rename', 'New name', one.name, to => this.#rename(one, to)), { class: 'link', 'aria-label': `Rename ${one.name}` }),
          button('Delete', () => this.#delete(one), { class: 'link', disabled: here, title: here ? 'Open another case first' : null, 'aria-label': `Delete ${one.name}` })] : null),
      below)
  }

  open(name) {
    this.app.set({ case: name, base: null, levers: {}, pins: [], asOf: null, without: [], months: null, selection: null, month: null })
    this.app.announce(`The case ${name} is being opened.`)
  }

  async #copy(one, to) {
    await this.app.post(`/api/cases/${one.name}/duplicate`, { to })
    await this.load()
  }

  async #rename(one, to) {
    await this.app.post(`/api/cases/${one.name}/rename`, { to })
    if (one.name === this.app.state.case) this.app.set({ case: to }, { undo: false })
    await this.load()
  }

  async #delete(one) {
    await this.#do(async () => {
      const { token } = await this.app.send('DELETE', `/api/cases/${one.name}`)
      clear(this.said, undone(`The case ${one.name} is deleted.`, () => this.#do(async () => {
        await this.app.post('/api/cases/restore', { token })
        clear(this.said)
        this.list.querySelector('button')?.focus()
      })))
      this.said.querySelector('button').focus()
    })
  }

  async #download(one) {
    await this.#do(async () => this.app.saveFile(`${one.name}.zip`, 'application/zip', await this.app.get(`/api/cases/${one.name}/zip`)))
  }

  async #do(work) {
    try { await work(); await this.load() } catch (error) { clear(this.said, failed(error)) }
  }

  #zone() {
    const took = input => { if (input.files.length) this.#upload([...input.files].map(file => [file.webkitRelativePath || file.name, file])); input.value = '' }
    const files = h('input', { type: 'file', multiple: true, accept: '.zip,.yaml,.yml', class: 'hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: event => took(event.target) })
    const folder = h('input', { type: 'file', webkitdirectory: true, class: 'hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: event => took(event.target) })
    const zone = h('div', { class: 'drop', role: 'group', 'aria-label': 'Upload a case' },
      h('p', null, h('strong', null, 'Upload a case: '), 'drop a zip, a folder or its YAML files here, or'),
      h('div', { class: 'row' }, button('Choose files', () => files.click()), button('Choose a folder', () => folder.click()),
        h('label', { class: 'field' }, h('span', null, 'Name'), this.name)), files, folder,
      note('It is checked as by tightrope check, and saved only if it has no fault. At most 10 MB.'))
    for (const name of ['dragenter', 'dragover']) zone.addEventListener(name, event => { event.preventDefault(); zone.classList.add('over') })
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('over'))
    zone.addEventListener('drop', async event => {
      event.preventDefault()
      const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean)
      const plain = [...event.dataTransfer.files].map(file => [file.name, file])
      this.#upload(entries.length ? (await Promise.all(entries.map(entry => inside(entry)))).flat() : plain)
    })
    return zone
  }

  /** Send files by name: one zip as it is, or texts. */
  async #upload(files) {
    const zip = files.length === 1 && /\.zip$/i.test(files[0][0])
    const first = files[0]?.[0] ?? ''
    const name = slug(this.name.value) || slug(zip ? first.replace(/\.zip$/i, '') : first.includes('/') ? first.split('/')[0] : 'my case')
    this.#told(null)
    clear(this.said, note(`Checking ${name} …`))
    try {
      const told = zip ? await this.#zip(name, files[0][1]) : await this.#texts(name, files)
      this.name.value = ''
      clear(this.said, h('p', { class: 'notice', role: 'status' }, `The case ${told.name} has no fault and is saved. `, button('Open it', () => this.open(told.name))))
      this.app.announce(`The case ${told.name} is saved.`)
      await this.load()
    } catch (error) { this.#told(error) }
  }

  /** Faults need room: they stand below both shelves. */
  #told(error) {
    const listed = error?.faults?.length
    this.faults.hidden = !listed
    clear(this.faults, listed ? faults(error) : null)
    clear(this.said, error && !listed ? failed(error) : null)
    if (listed) this.faults.scrollIntoView({ block: 'nearest' })
  }

  #zip(name, file) {
    return this.app.post(`/api/cases/zip?name=${name}`, new Blob([file], { type: 'application/zip' }))
  }

  async #texts(name, files) {
    const kept = files.filter(([path]) => YAML.test(path))
    if (!kept.length) throw new Error('There is no YAML file among them; give the folder that holds case.yaml, or a zip of it.')
    const texts = await Promise.all(kept.map(async ([path, file]) => [path, await file.text()]))
    return this.app.post('/api/cases', { name, files: Object.fromEntries(texts) })
  }
}

/** The files in what was dropped, folders opened. */
async function inside(entry, above = '') {
  const path = above + entry.name
  if (entry.isFile) return [[path, await new Promise((done, wrong) => entry.file(done, wrong))]]
  const reader = entry.createReader()
  const found = []
  for (;;) {
    const some = await new Promise((done, wrong) => reader.readEntries(done, wrong))
    if (!some.length || found.length > 400) break
    found.push(...some)
  }
  return (await Promise.all(found.map(one => inside(one, `${path}/`)))).flat()
}

/** Every fault in its place. */
export function faults(error) {
  return h('div', { class: 'error', role: 'alert' }, h('p', null, `${error.message}; nothing was saved.`), faultTable(error.faults))
}

export const faultTable = found => h('div', { class: 'faults' }, table({
  caption: `Faults (${found.length})`,
  columns: [{ title: 'File' }, { title: 'Line', num: true }, { title: 'Column', num: true }, { title: 'Where in it' }, { title: 'What is wrong' }, { title: 'What would be right' }],
  rows: found.map(one => [one.file || 'the upload', one.line || '', one.column || '', one.path, one.wrong, one.right]),
}))
