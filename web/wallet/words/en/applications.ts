// Applications of a chain, and asking one.
export const applications = {
  'chainPage.applications': 'Applications',
  'applications.title': 'Applications',
  'applications.lead': 'Applications that have state on {chain}.',
  'applications.none': 'No application yet',
  'applications.noneText': `
    An application appears here when a block of this chain has created or called it, or has
    received its message.`,
  'applications.by': 'created by {chain}',
  'applications.unknown': 'its description is not here yet',

  'application.title': 'Application',
  'application.none': 'This application has no state on this chain.',
  'application.notHere': 'What it was made from is not stored here yet.',
  'application.made': 'What it was made from',
  'application.creator': 'Created by',
  'application.since': 'Since',

  'query.text': 'Question (GraphQL)',
  'query.variables': 'Variables (JSON, optional)',
  'query.badVariables': 'Variables are an object in JSON, such as {example}.',
  'query.run': 'Run',
  'query.running': 'Running…',
  'query.answer': 'Answer',
  'query.copy': 'Copy the answer',
  'query.scheduled':
    '{count, plural, one {# operation} other {# operations}} would change the chain',
  'query.scheduledText':
    'Nothing has changed yet. Look at what the block does, then approve it or not.',
  'query.notOurs': 'Only an owner of the chain can propose it, while the chain is open.',
  'query.look': 'Look at it',
  'query.history': 'Asked before',

  'schema.read': 'Show what it can be asked',
  'schema.none': 'This application does not say what it can be asked.',
  'schema.queries': 'Questions',
  'schema.mutations': 'Changes',
  'schema.types': 'Types',
} as const;
