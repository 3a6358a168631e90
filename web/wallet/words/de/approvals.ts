// In German: see en/approvals.ts.
export const approvals = {
  'approval.reading': 'Die Anfrage wird gelesen',
  'approval.none': 'Keine Anfrage wartet',
  'approval.more': `
    {count, plural, one {# weitere Anfrage wartet} other {# weitere Anfragen warten}}`,
  'approval.rejectAll': 'Alle ablehnen',
  'approval.over': 'Diese Anfrage ist vorbei',
  'approval.reject': 'Ablehnen',
  'approval.blockSite': 'Seite blockieren',
  'approval.title': 'Eine Anfrage',
  'approval.own': 'Sieh es dir an',
  'approval.yes': 'Zustimmen',
  'asks.connect': '{site} will sich verbinden.',
  'asks.text': '{site} bittet dich, diesen Text zu signieren, um zu zeigen, wer du bist.',
  'asks.money': '{site} bittet dich, Geld zu senden.',
  'asks.block': '{site} bittet dich, einen Block deiner Chain zu signieren.',
  'asks.idn': 'Buchstaben anderer Alphabete',
  'asks.idnText': `
    Diese Adresse hat Buchstaben jenseits von a bis z, die aussehen können wie die einer Seite,
    die du kennst. Sie steht hier in der Form, die keine nachahmen kann: Vergleiche sie mit dem,
    was du erwartest.`,

  'connect.title': 'Seite verbinden',
  'connect.yes': 'Verbinden',
  'connect.insecure': `
    Diese Seite kam ohne Verschlüsselung: Jemand dazwischen kann sie geändert haben.`,
  'connect.nothing': 'Es gibt nichts, was {site} sehen könnte.',
  'connect.chains': 'Chains, die die Seite sehen darf',
  'connect.sees': 'Sie sieht deren Guthaben und was auf ihnen geschieht.',
  'connect.asks': 'Sie kann um Blöcke bitten, etwa Überweisungen: Jeder braucht dein Ja.',
  'connect.cannot': 'Sie kann selbst kein Geld bewegen und sieht keine andere Chain.',
  'connect.others': 'Chains von anderen',
  'connect.reads': 'Darf auch Chains lesen, die nicht in dieser Wallet sind',
  'connect.readsText': `
    Was auf ihnen steht, ist öffentlich. Es kostet nichts und signiert nichts; die Wallet lädt,
    prüft und speichert sie, solange die Seite fragt.`,
  'connect.cannotOthers':
    'Sie kann selbst kein Geld bewegen und erfährt nicht, welche anderen Chains dir gehören.',

  'sign.title': 'Nachricht signieren',
  'sign.yes': 'Signieren',
  'sign.toTheEnd': 'Lies den Text bis zum Ende, dann kannst du ihn signieren.',
  'sign.harmless': 'Das bewegt kein Geld und signiert keinen Block.',
  'sign.page': 'Seite',
  'sign.uri': 'Meldet an bei',
  'sign.chainId': 'Chain-ID darin',
  'sign.from': 'Gültig ab',
  'sign.until': 'Gültig bis',
  'sign.noEnd': 'ohne Ende',
  'sign.otherPage': 'Der Text meldet bei {uri} an, aber die Seite ist {domain}.',
  'sign.otherNetwork': 'Der Text nennt ein anderes Linera-Netzwerk als das benutzte.',
  'sign.expired': 'Der Text ist abgelaufen: Die Seite wird ihn nicht annehmen.',
  'sign.later': 'Der Text gilt erst später.',

  'block.resumed': 'Weiter mit dem, was signiert wurde:',
  'block.carriedOn': `
    Weiter mit dem, was ein anderer Besitzer dieser Chain oder ein anderes Gerät begonnen hat:`,
  'block.preparing': 'Der Block wird hier ausgeführt',
  'block.locked': 'Es wird gewartet, bis die Chain frei ist',
  'block.takesOver.committee': `
    Dieser Block übernimmt auch einen Wechsel der Validatoren des Netzwerks, wie es jede Chain
    muss.`,
  'block.takesOver.events': `
    Dieser Block übernimmt auch neue Ereignisse anderer Chains, die seine Anwendungen abonniert
    haben.`,
  'block.size': '{count, plural, one {# Operation} other {# Operationen}} in einem Block',
  'block.committing': 'Unterwegs',
  'block.signed': 'Signiert. Die Validatoren zertifizieren ihn noch.',
  'block.mayClose': 'Du kannst dieses Fenster schließen: Die Wallet macht weiter.',
  'block.done': 'Zertifiziert',
  'block.certified': 'Von einem Quorum der Validatoren zertifiziert',
  'block.final': 'Er ist endgültig.',
  'block.stillTrying': 'Wird weiter versucht',
  'block.failed': 'Nicht zustande gekommen',
  'host.title': 'Einen Server fragen?',
  'host.yes': 'Fragen',
  'host.lead': `
    Um zu wissen, was dieser Block tut, muss die Wallet für eine Anwendung einen fremden Server
    fragen. Noch wurde nichts gefragt oder signiert.`,
  'host.host': 'Server',
  'host.request': 'Anfrage',
  'host.address': 'Adresse',
  'host.headers': '{count, plural, =0 {Keine Kopfzeilen} one {Kopfzeile} other {# Kopfzeilen}}',
  'host.moreHeaders': 'und {count, number} weitere',
  'host.body': 'Sie sendet',
  'host.sees': `
    {host} wird die Adresse dieses Computers und diese Anfrage sehen. Er bekommt keine Cookies und
    sonst nichts von dir.`,
  'host.thisComputer': 'Das ist dein eigener Computer',
  'host.thisComputerText': `
    Programme, die auf ihm laufen, trauen oft jedem, der von ihm aus fragt. Erlaube das nur, wenn du
    unter dieser Adresse ein Programm für die Anwendung betreibst.`,
  'host.private': 'Das ist keine Adresse des Internets',
  'host.privateText': `
    Sie gehört zu dem Netz, in dem dieser Computer ist: ein Router, ein Drucker, etwas bei der
    Arbeit. Solche Geräte trauen oft jedem, der von innen fragt. Erlaube das nur, wenn du weißt, was
    dort antwortet.`,
  'host.stays': `
    Von jetzt an dürfen Anwendungen dieses Netzwerks diesen Server ohne diese Frage fragen
    lassen. Zurücknehmen kannst du das in den Optionen unter Server. Der Browser fragt dich
    jetzt dasselbe.`,
  'host.browserNo': 'Der Browser durfte es nicht: Der Server wurde nicht gefragt.',

  'danger.title': 'Gefahr',
  'danger.tick': 'Ich verstehe das und will es trotzdem',

  'effects.beforeAfter': '{account}, vorher und nachher',
  'effects.before': 'Vorher',
  'effects.after': 'Nachher',
  'effects.difference': 'Unterschied',
  'effects.fees': 'Gebühren',
  'effects.messages': 'Nachrichten, die er sendet',
  'effects.makes': 'Außerdem entsteht',
  'effects.chain': 'eine Chain {id}',
  'effects.blob': 'ein Blob {id}',
  'effects.application': 'eine Anwendung {id}',
  'effects.event': 'ein Ereignis von {publisher}, {size}',
  'effects.system': 'das System',
  'effects.answers': 'Was er von außerhalb der Chain erfahren hat',
  'effects.answer.Http': 'Auf {request} kam als Antwort der Status {status} mit {size}.',
  'effects.answer.HttpUnknown': 'Ein fremder Server antwortete mit Status {status} und {size}.',
  'effects.answer.start': 'Die Antwort beginnt so: {start}',
  'effects.answer.noText': 'Die Antwort ist kein Text.',
  'effects.answer.Service': 'Ein Dienst antwortete mit {size}.',
  'effects.answer.Event':
    'Ein Ereignis von {publisher} auf einer anderen Chain wurde gelesen: {size}.',
  'effects.raw': 'Der Block selbst',
  'effects.copy': 'Block kopieren',

  'vault.otherwise': 'Der Tresor liest einen anderen Block, als dieses Fenster zeigt',
  'vault.otherwiseText': `
    Ihm kann nicht zugestimmt werden. Lehne ihn ab; kommt das wieder, aktualisiere die Wallet.`,
  'vault.shown': '{what}, gezeigt',
  'vault.read': '{what}, im Block',
  'vault.chain': 'Chain',
  'vault.height': 'Höhe',
  'vault.signer': 'Signiert von',
  'vault.operations': 'Operationen',
  'vault.accepted': 'Angenommene Bündel',
  'vault.rejected': 'Abgelehnte Bündel',

  'warning.UnknownRecipient': `
    Kein Validator kennt die Empfänger-Chain {chain}. Gibt es sie nicht, ist das Geld weg.`,
  'warning.RecipientUnchecked': `
    Ob es die Empfänger-Chain {chain} gibt, war nicht herauszufinden. Gibt es sie nicht, ist das
    Geld weg.`,
  'warning.EffectsChanged':
    'Etwas hat sich geändert, während dies offen war. Sieh noch einmal hin.',
  'warning.EffectsChanged.before': `
    Etwas hat sich geändert, während dies offen war (vorher: {before}). Sieh noch einmal hin.`,
  'warning.FirstTime': 'Diesem Empfänger hast du noch nie etwas gezahlt.',
  'warning.FirstTime.blocks': `
    Diesem Empfänger hast du {blocks, plural, one {im letzten Block} other {in den letzten #
    Blöcken}} nichts gezahlt.`,
  'warning.LookAlike': `
    Dieser Empfänger sieht nur aus wie einer, den du kennst ({known}): Er beginnt und endet
    gleich und ist ein anderer. Diebe machen solche Adressen: Vergleiche jede Gruppe von
    Ziffern.`,
};
