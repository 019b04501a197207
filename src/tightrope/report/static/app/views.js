// The views, one line each; a view is loaded when it is first opened.

export const VIEWS = [
  { id: 'judgements', title: 'Judgements', load: () => import('./views/judgements.js') },
  { id: 'outcomes', title: 'Outcomes', load: () => import('./views/outcomes.js') },
  { id: 'map', title: 'Map & network', load: () => import('./views/map.js') },
  { id: 'standing', title: 'Standing', load: () => import('./views/standing.js') },
  { id: 'warnings', title: 'Warnings', load: () => import('./views/warnings.js') },
  { id: 'evidence', title: 'Evidence', load: () => import('./views/evidence.js') },
  { id: 'why', title: 'Why', load: () => import('./views/why.js') },
  { id: 'corpus', title: 'Reports', load: () => import('./views/corpus.js') },
  { id: 'report', title: 'New report', load: () => import('./views/report.js') },
  { id: 'library', title: 'Save & export', load: () => import('./views/library.js') },
]
