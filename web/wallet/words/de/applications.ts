export const applications = {
  'chainPage.applications': 'Anwendungen',
  'applications.title': 'Anwendungen',
  'applications.lead': 'Anwendungen, die auf {chain} einen Zustand haben.',
  'applications.none': 'Noch keine Anwendung',
  'applications.noneText': `
    Eine Anwendung erscheint hier, wenn ein Block dieser Chain sie erzeugt oder aufgerufen oder
    ihre Nachricht empfangen hat.`,
  'applications.by': 'erzeugt von {chain}',
  'applications.unknown': 'ihre Beschreibung ist noch nicht hier',

  'application.title': 'Anwendung',
  'application.none': 'Diese Anwendung hat auf dieser Chain keinen Zustand.',
  'application.notHere': 'Woraus sie gemacht wurde, ist hier noch nicht gespeichert.',
  'application.made': 'Woraus sie gemacht wurde',
  'application.creator': 'Erzeugt von',
  'application.since': 'Seit',

  'query.text': 'Frage (GraphQL)',
  'query.variables': 'Variablen (JSON, optional)',
  'query.badVariables': 'Variablen sind ein Objekt in JSON, zum Beispiel {example}.',
  'query.run': 'Ausführen',
  'query.running': 'Läuft…',
  'query.answer': 'Antwort',
  'query.copy': 'Antwort kopieren',
  'query.scheduled':
    '{count, plural, one {# Operation würde} other {# Operationen würden}} die Chain ändern',
  'query.scheduledText':
    'Noch hat sich nichts geändert. Sieh dir an, was der Block tut, dann stimme zu oder nicht.',
  'query.notOurs':
    'Nur ein Eigentümer der Chain kann das vorschlagen, und nur solange sie offen ist.',
  'query.look': 'Ansehen',
  'query.history': 'Schon gefragt',

  'schema.read': 'Zeigen, was man sie fragen kann',
  'schema.none': 'Diese Anwendung sagt nicht, was man sie fragen kann.',
  'schema.queries': 'Fragen',
  'schema.mutations': 'Änderungen',
  'schema.types': 'Typen',
};
