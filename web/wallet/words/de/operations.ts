// In German: see en/operations.ts.
export const operations = {
  'operation.Transfer.ask': '{amount} von {source} an {recipient} senden.',
  'operation.Transfer.done': '{amount} an {recipient} gesendet',
  'operation.Transfer.moved': '{amount} zu {recipient} bewegt',
  'operation.Transfer.to': 'An',
  'operation.Transfer.yourChain': 'Deine Chain {chain}',
  'operation.Transfer.on': 'auf {chain}',
  'operation.Transfer.copy': 'Empfänger kopieren',
  'operation.Claim.ask': '{amount}, die {owner} auf {source} hat, für {recipient} abholen.',
  'operation.Claim.done': '{amount} von {source} abgeholt',
  'operation.OpenChain.ask': 'Eine neue Chain mit {amount} öffnen.',
  'operation.OpenChain.done': 'Chain mit {amount} geöffnet',
  'operation.OpenChain.title': 'Wem die neue Chain gehört',
  'operation.CloseChain.ask': 'Diese Chain für immer schließen.',
  'operation.CloseChain.done': 'Chain geschlossen',
  'operation.CloseChain.danger': `
    Diese Chain endet mit diesem Block: Danach kann auf ihr nichts mehr getan werden, und was
    auf ihr übrig ist, bleibt dort.`,
  'operation.ChangeOwnership.ask': 'Ändern, wem diese Chain gehört.',
  'operation.ChangeOwnership.done': 'Besitz der Chain geändert',
  'operation.ChangeOwnership.danger': `
    Das ändert, wer über die Chain und all ihr Geld bestimmt. Wer unten nicht steht, kann auf
    ihr nichts mehr tun; wer dort steht, kann alles nehmen.`,
  'operation.ChangeOwnership.title': 'Wem sie danach gehört',
  'operation.ChangeApplicationPermissions.ask': `
    Ändern, was Anwendungen auf dieser Chain dürfen.`,
  'operation.ChangeApplicationPermissions.done': 'Rechte der Anwendungen geändert',
  'operation.ChangeApplicationPermissions.danger': `
    Das ändert, was auf der Chain getan werden darf: Anwendungen, die unten stehen, dürfen sie
    schließen oder diese Regeln ändern, und was unten nicht erlaubt ist, etwa Geld zu senden,
    kann auch für dich enden.`,
  'operation.PublishModule.ask': 'Den Code einer Anwendung veröffentlichen.',
  'operation.PublishModule.done': 'Code einer Anwendung veröffentlicht',
  'operation.PublishDataBlob.ask': 'Daten veröffentlichen, die jeder lesen kann.',
  'operation.PublishDataBlob.done': 'Daten-Blob veröffentlicht',
  'operation.VerifyBlob.ask': 'Prüfen, dass ein Blob da ist.',
  'operation.VerifyBlob.done': 'Geprüft, dass ein Blob da ist',
  'operation.CreateApplication.ask': 'Eine neue Anwendung auf dieser Chain starten.',
  'operation.CreateApplication.done': 'Anwendung gestartet',
  'operation.Admin.ask': 'Die Validatoren des ganzen Netzwerks ändern.',
  'operation.Admin.done': 'Validatoren des Netzwerks geändert',
  'operation.Admin.danger': `
    Das ändert, wer das ganze Netzwerk validiert, für alle darauf. Nur seine Verwalter tun das.`,
  'operation.ProcessNewEpoch.ask': `
    Epoche {epoch, number} der Validatoren des Netzwerks übernehmen.`,
  'operation.ProcessNewEpoch.done': 'Wechsel der Validatoren übernommen (Epoche {epoch, number})',
  'operation.ProcessRemovedEpoch.ask': `
    Übernehmen, dass Epoche {epoch, number} der Validatoren vorbei ist.`,
  'operation.ProcessRemovedEpoch.done': `
    Wechsel der Validatoren übernommen (Epoche {epoch, number} ist vorbei)`,
  'operation.UpdateStreams.ask': `
    Neues von {count, plural, one {# Ereignisstrom} other {# Ereignisströmen}} übernehmen.`,
  'operation.UpdateStreams.done': `
    Neues von {count, plural, one {# Ereignisstrom} other {# Ereignisströmen}} übernommen`,
  'operation.Application.ask': 'Anwendung {application} aufrufen.',
  'operation.Application.done': 'Anwendung {application} aufgerufen',
  'operation.Received.ask': '{amount} von {origin} empfangen.',
  'operation.Received.done': '{amount} von {origin} empfangen',
  'operation.Received.askMessages': `
    {count, plural, one {# Nachricht} other {# Nachrichten}} von {origin} empfangen.`,
  'operation.Received.messages': 'Nachrichten von {origin} empfangen',
  'operation.Received.askRefuse': `
    {count, plural, one {# Nachricht} other {# Nachrichten}} von {origin} ablehnen.`,
  'operation.Received.refused': 'Nachrichten von {origin} abgelehnt',

  'message.Credit.chain': '{amount} der Chain gutschreiben',
  'message.Credit.owner': '{amount} für {owner} gutschreiben',
  'message.Withdraw': '{amount} von {owner} an {recipient} auszahlen',
  'message.Application': 'eine Nachricht der Anwendung {application} ({size})',

  'facts.owners': 'Besitzer',
  'facts.superOwners': 'Oberbesitzer (schnelle Blöcke)',
  'facts.multiLeader': 'Runden mit vielen Führern',
  'facts.openRounds': 'Jeder darf darin vorschlagen',
  'facts.weight': '{owner} (Gewicht {weight})',
  'facts.yes': 'ja',
  'facts.no': 'nein',
  'facts.permissions': 'Was Anwendungen hier dürfen',
  'facts.executes': 'Operationen in Blöcken',
  'facts.allOperations': 'alle',
  'facts.onlyTheirs': 'nur von diesen Anwendungen, also keine Überweisungen:',
  'facts.mandatory': 'Muss in jedem Block sein',
  'facts.closes': 'Darf die Chain schließen und ihre Besitzer ändern',
  'facts.permits': 'Darf diese Regeln ändern',
  'facts.oracle': 'Darf Dienste als Orakel aufrufen',
  'facts.http': 'Darf HTTP-Anfragen stellen',
  'facts.any': 'jede Anwendung',
  'facts.only': 'nur diese:',
  'facts.noApplication': 'keine Anwendung',
  'facts.contract': 'Vertrag',
  'facts.service': 'Dienst',
  'facts.runtime': 'Läuft auf',
  'facts.parameters': 'Parameter',
  'facts.argument': 'Argument',
  'facts.required': 'Braucht Anwendungen',
  'facts.application': 'Anwendung',
  'facts.epoch': 'Epoche',
  'facts.kind': 'Art',
  'facts.committee': 'Komitee',
  'admin.PublishCommitteeBlob': 'eine Liste von Validatoren veröffentlichen',
  'admin.CreateCommittee': 'eine Epoche beginnen',
  'admin.RemoveCommittee': 'eine Epoche beenden',
};
