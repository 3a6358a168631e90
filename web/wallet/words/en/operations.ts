// What operations and messages do: 'ask' before they are signed, 'done' after.
export const operations = {
  'operation.Transfer.ask': 'Send {amount} from {source} to {recipient}.',
  'operation.Transfer.done': 'Sent {amount} to {recipient}',
  'operation.Transfer.moved': 'Moved {amount} to {recipient}',
  'operation.Transfer.to': 'To',
  'operation.Transfer.yourChain': 'Your chain {chain}',
  'operation.Transfer.on': 'on {chain}',
  'operation.Transfer.copy': 'Copy the recipient',
  'operation.Claim.ask': 'Claim {amount} that {owner} has on {source}, for {recipient}.',
  'operation.Claim.done': 'Claimed {amount} from {source}',
  'operation.OpenChain.ask': 'Open a new chain with {amount}.',
  'operation.OpenChain.done': 'Opened a chain with {amount}',
  'operation.OpenChain.title': 'Who owns the new chain',
  'operation.CloseChain.ask': 'Close this chain for ever.',
  'operation.CloseChain.done': 'Closed the chain',
  'operation.CloseChain.danger': `
    This chain ends with this block: nothing can be done on it afterwards, and what is left on
    it stays there.`,
  'operation.ChangeOwnership.ask': 'Change who owns this chain.',
  'operation.ChangeOwnership.done': 'Changed who owns the chain',
  'operation.ChangeOwnership.danger': `
    This changes who controls the chain and all its money. Whoever is not named below can do
    nothing on it any more; whoever is named can take everything.`,
  'operation.ChangeOwnership.title': 'Who owns it afterwards',
  'operation.ChangeApplicationPermissions.ask': 'Change what applications may do on this chain.',
  'operation.ChangeApplicationPermissions.done': 'Changed what applications may do',
  'operation.ChangeApplicationPermissions.danger': `
    This changes what may be done on the chain: applications named below may close it or change
    these rules, and what is not allowed below, such as sending money, may end for you too.`,
  'operation.PublishModule.ask': 'Publish the code of an application.',
  'operation.PublishModule.done': 'Published the code of an application',
  'operation.PublishDataBlob.ask': 'Publish data that everybody can read.',
  'operation.PublishDataBlob.done': 'Published a data blob',
  'operation.VerifyBlob.ask': 'Check that a blob is there.',
  'operation.VerifyBlob.done': 'Checked that a blob is there',
  'operation.CreateApplication.ask': 'Start a new application on this chain.',
  'operation.CreateApplication.done': 'Started an application',
  'operation.Admin.ask': 'Change the validators of the whole network.',
  'operation.Admin.done': 'Changed the validators of the network',
  'operation.Admin.danger': `
    This changes who validates the whole network, for everybody on it. Only its administrators
    do so.`,
  'operation.ProcessNewEpoch.ask': "Take over epoch {epoch, number} of the network's validators.",
  'operation.ProcessNewEpoch.done': 'Took over a change of validators (epoch {epoch, number})',
  'operation.ProcessRemovedEpoch.ask':
    "Take over that epoch {epoch, number} of the network's validators is over.",
  'operation.ProcessRemovedEpoch.done':
    'Took over a change of validators (epoch {epoch, number} is over)',
  'operation.UpdateStreams.ask':
    'Take over news of {count, plural, one {# event stream} other {# event streams}}.',
  'operation.UpdateStreams.done':
    'Took over news of {count, plural, one {# event stream} other {# event streams}}',
  'operation.Application.ask': 'Call application {application}.',
  'operation.Application.done': 'Called application {application}',
  'operation.Received.ask': 'Receive {amount} from {origin}.',
  'operation.Received.done': 'Received {amount} from {origin}',
  'operation.Received.askMessages':
    'Receive {count, plural, one {# message} other {# messages}} from {origin}.',
  'operation.Received.messages': 'Received messages from {origin}',
  'operation.Received.askRefuse':
    'Refuse {count, plural, one {# message} other {# messages}} from {origin}.',
  'operation.Received.refused': 'Refused messages from {origin}',

  'message.Credit.chain': 'credit {amount} to the chain',
  'message.Credit.owner': 'credit {amount} to {owner}',
  'message.Withdraw': 'withdraw {amount} from {owner} to {recipient}',
  'message.Application': 'a message of application {application} ({size})',

  'facts.owners': 'Owners',
  'facts.superOwners': 'Super owners (fast blocks)',
  'facts.multiLeader': 'Rounds with many leaders',
  'facts.openRounds': 'Anybody may propose in them',
  'facts.weight': '{owner} (weight {weight})',
  'facts.yes': 'yes',
  'facts.no': 'no',
  'facts.executes': 'Operations allowed',
  'facts.mandatory': 'Applications in every block',
  'facts.closes': 'May close the chain',
  'facts.permits': 'May change these rules',
  'facts.oracle': 'May ask services',
  'facts.http': 'May ask servers',
  'facts.all': 'all',
  'facts.contract': 'Contract',
  'facts.service': 'Service',
  'facts.runtime': 'Runs on',
  'facts.parameters': 'Parameters',
  'facts.argument': 'Argument',
  'facts.required': 'Needs applications',
  'facts.application': 'Application',
  'facts.epoch': 'Epoch',
  'facts.kind': 'Kind',
  'facts.committee': 'Committee',
  'admin.PublishCommitteeBlob': 'publish a list of validators',
  'admin.CreateCommittee': 'begin an epoch',
  'admin.RemoveCommittee': 'end an epoch',
} as const;
