// In German: see en/chains.ts.
export const chains = {
  'home.title': 'Wallet',
  'home.opening': 'Das Netzwerk wird geöffnet',
  'home.siteAsks': '{site} fragt',
  'home.ownAsks': 'Eine Anfrage von dir wartet auf dein Ja',
  'home.look': 'Ansehen',
  'home.moreRequests': 'und {count, plural, one {# weitere Anfrage} other {# weitere Anfragen}}',
  'home.noChain': 'Noch keine Chain',
  'home.noChainText': 'Geld liegt auf einer eigenen Chain. Der Faucet gibt dir eine.',
  'home.getChain': 'Chain holen',
  'home.haveChains': 'Ich habe schon Chains',
  'home.switchChain': 'Chain wechseln',
  'home.send': 'Senden',
  'home.receive': 'Empfangen',
  'home.recent': 'Zuletzt',
  'home.all': 'Alles',

  'chain.followed': 'Dieser Chain folgst du nur: Kein Konto dieser Wallet besitzt sie.',
  'chain.closed': 'Diese Chain ist geschlossen',
  'chain.closedText':
    'Von ihr kann nichts mehr gesendet werden, und was zu ihr kommt, geht zurück.',
  'chain.notExecuted': 'Gezeigt, wie sie vor Block {height} war',
  'chain.notExecutedText': `
    Ab Block {height} kann diese Wallet die Blöcke dieser Chain nicht ausführen; zertifiziert
    sind sie bis Block {last}. Gezeigt wird der Stand vor Block {height}; was jetzt auf der Chain
    ist, kann diese Wallet nicht wissen.`,
  'chain.notExecutedSend': 'Von hier kann nichts gesendet werden, bis die Wallet aktualisiert ist.',
  'chain.notCompared':
    'Noch nicht mit den Validatoren verglichen: Das Guthaben kann veraltet sein.',
  'chain.incoming': '{amount} im Eingang',
  'chain.receiveNow': 'Jetzt empfangen',
  'chain.receiving': 'Wird empfangen…',
  'chain.receivingOff': `
    Empfangen von selbst ist ausgeschaltet: {count, plural, one {# Nachricht wartet} other {#
    Nachrichten warten}}.`,
  'chain.waiting': '{count, plural, one {# Nachricht wartet} other {# Nachrichten warten}}',
  'chain.waits.Failed': `
    {count, number} derzeit nicht ausführbar, etwa eine Forderung auf Geld, das nicht hier ist.`,
  'chain.waits.TooLarge': '{count, number} zu groß für jeden Block.',
  'chain.waits.NotSupported': '{count, number} von einer Anwendung, die diese Version nicht kennt.',
  'chain.waits.TooCostly': '{count, number} teurer als die Gebührengrenze der Optionen.',
  'chain.waits.Unanswered':
    '{count, number} mit einer Frage an einen fremden Server, der nicht antwortet.',
  'chain.events': `
    {count, plural, one {# Ereignis anderer Chains wartet} other {# Ereignisse anderer Chains
    warten}}`,
  'chain.eventsText': `
    Anwendungen auf dieser Chain hören darauf und haben sie noch nicht verarbeitet. Geld und
    Nachrichten warten nicht darauf.`,
  'chain.epochs': `
    {count, plural, one {# Wechsel der Validatoren steht} other {# Wechsel der Validatoren stehen}}
    aus`,
  'chain.epochsText':
    'Das Netzwerk hat jetzt andere Validatoren; ein Block bringt die Chain zu ihnen.',
  'chain.takingOn': `
    Der nächste Empfangsblock nimmt sie auf. Ging das nicht, steht darunter, warum; die Wallet
    versucht es wieder, wenn sich die Chain geändert hat.`,
  'chain.takingOff': 'Selbsttätiges Empfangen ist ausgeschaltet: Sie warten, bis du empfängst.',
  'chain.locked': 'Ein Block, der nicht von dieser Wallet ist, ist halb fertig',
  'chain.lockedText': `
    Die Validatoren halten an ihm fest: Block {height} dieser Chain kann kein anderer werden. Sieh
    an, was er tut; dein Ja bringt ihn zu Ende, und was du vorhattest, kommt danach. Er ist von:`,
  'chain.lockedFastText': `
    Er wurde in der schnellen Runde vorgeschlagen: Solange Validatoren an ihm festhalten, kann
    Block {height} dieser Chain kein anderer werden. Sieh an, was er tut; dein Ja bringt ihn zu
    Ende. Er ist von:`,
  'chain.yesAgain': 'Dein Ja ist noch einmal nötig',
  'chain.yesAgainText': `
    Ein Block wurde signiert, bevor die Wallet neu startete, und muss neu signiert werden, damit
    es weitergeht. Nichts ist verloren, und er kann nicht zweimal bezahlt werden.`,
  'chain.lookApprove': 'Ansehen und zustimmen',
  'chain.pending': 'Ausgang unbekannt, wird weiter versucht',
  'chain.pendingText': `
    Block {height} ist signiert, aber zu wenige Validatoren haben geantwortet. Ob sein Geld
    bewegt wurde, ist noch nicht bekannt. Sende es nicht noch einmal: Die Wallet versucht es
    weiter, und dieser Block kann nicht zweimal bezahlt werden.`,

  'chains.title': 'Chains',
  'chains.get': 'Eine vom Faucet holen',
  'chains.add': 'Eine mit ihrer ID hinzufügen',
  'chains.isFollowed': 'gefolgt',
  'chains.isClosed': 'geschlossen',
  'chains.isNotExecuted': 'nicht aktuell',
  'chains.isIncoming': 'Eingang',
  'chains.details': 'Einzelheiten von {chain}',
  'addChain.title': 'Chain hinzufügen',
  'addChain.lead': `
    Besitzt sie ein Konto dieser Wallet, kannst du von ihr senden; sonst folgst du ihr nur.`,
  'addChain.do': 'Chain hinzufügen',
  'addChain.busy': 'Die Validatoren werden gefragt…',
  'addChain.name': 'Name (nur für dich)',
  'addChain.known': 'Diese Chain steht schon in der Liste.',
  'addChain.malformed': 'Eine Chain-ID hat 64 Hex-Ziffern, ohne 0x davor.',
  'chainPage.title': 'Chain',
  'chainPage.none': 'Diese Chain ist nicht hier',
  'chainPage.notOurs': 'nicht von dieser Wallet',
  'chainPage.nextHeight': 'Nächste Höhe',
  'chainPage.compare': 'Mit den Validatoren vergleichen',
  'chainPage.forget': 'Von der Liste nehmen…',
  'chainPage.forgetTitle': 'Diese Chain von der Liste nehmen?',
  'chainPage.forgetText': `
    Die Chain und ihr Geld bleiben. Seiten sehen sie nicht mehr. Du kannst sie mit ihrer ID
    wieder hinzufügen.`,
  'chainPage.forgetSure': 'Von der Liste nehmen',

  'claim.title': 'Chain holen',
  'claim.lead': `
    Geld liegt auf einer eigenen Chain. Der Faucet dieses Netzwerks gibt jedem Konto eine.`,
  'claim.do': 'Vom Faucet holen',
  'claim.busy': 'Der Faucet wird gefragt…',
  'claim.later': 'Später',
  'claim.name': 'Name der Chain (nur für dich)',
  'claim.placeholder': 'Meine Chain',
  'claim.owner': 'Konto, das sie besitzt',
  'claim.addAccount': 'ein Konto hinzufügen',
  'claim.noNew': 'Keine neue Chain',
  'claim.same': `
    Der Faucet gab {chain}, die schon hier ist. Er gibt jedem Konto eine: Für eine andere Chain
    {addAccount}.`,
  'claim.had': `
    Es besitzt schon {chain}. Hat der Faucet sie gemacht, gibt es keine andere: Für eine andere
    Chain {addAccount}.`,
  'find.title': 'Deine Chains finden',
  'find.lead': `
    Die Phrase ergibt die Schlüssel; welche Chains sie besitzen, weiß der Faucet von denen, die
    er gemacht hat.`,
  'find.ask': 'Den Faucet nach {count, plural, one {# Konto} other {# Konten}} fragen',
  'find.none': 'Der Faucet von {network} hat für diese Wallet keine Chain gemacht.',
  'find.found': '{count, plural, one {# Chain} other {# Chains}} gefunden',
  'find.further': 'Weitere Konten der Phrase',
  'find.furtherText': `
    Hatte die Wallet mehr Konten, werden sie über ihre Schlüssel gesucht, je Art fünf
    hintereinander. Die Phrase liegt versiegelt: Das Passwort ist nötig.`,
  'find.furtherDo': 'Weitere Konten suchen',
  'find.furtherDone': `
    Auch weitere Konten der Phrase wurden gesucht. Die mit einer Chain stehen jetzt in der Liste
    der Konten.`,
  'find.byHand': 'Eine Chain mit ihrer ID hinzufügen',
  'find.new': 'Eine neue Chain vom Faucet holen',
  'find.elsewhere': 'In einem anderen Netzwerk suchen',
  'import.title': 'Chains der Sicherung',
  'import.lead': 'Die Schlüssel sind zurück. Das sind die Chains, die die Datei nennt.',
  'import.none': 'Keine Chains sind mehr zu übernehmen',
  'import.missing': 'Nicht übernommen',
  'import.missingText': `
    Die anderen Chains der Datei sind hier. Diese fehlen; du kannst es erneut versuchen.`,
  'import.take': '{count, plural, one {# Chain} other {# Chains}} übernehmen',
  'import.elsewhere': 'Das ist ein anderes Netzwerk als das benutzte.',
  'import.switch': 'Zu {network} wechseln',

  'send.title': 'Senden',
  'send.closed': 'Diese Chain ist geschlossen',
  'send.closedText': 'Wähle eine andere Chain, die ein Konto dieser Wallet besitzt.',
  'send.notExecuted': 'Diese Wallet kann die neuesten Blöcke dieser Chain nicht ausführen',
  'send.notExecutedText': `
    Von ihr kann nichts gesendet werden, bis die Wallet aktualisiert ist. Wähle eine andere
    Chain, die ein Konto dieser Wallet besitzt.`,
  'send.nothing': 'Nichts da, um zu senden',
  'send.nothingText': 'Wähle eine Chain, die ein Konto dieser Wallet besitzt.',
  'send.choose': 'Chain wählen',
  'send.look': 'Erst ansehen',
  'send.busy': 'Der Block wird hier ausgeführt…',
  'send.from': 'Von',
  'send.account': 'Konto darauf',
  'send.to': 'An',
  'send.toPlaceholder': 'Chain-ID oder owner@chain',
  'send.amount': 'Betrag',
  'send.max': 'Alles',
  'send.all': 'Alles; die Gebühren gehen vorher ab.',
  'send.available': '{amount} {count, plural, one {Token ist} other {Token sind}} da.',
  'send.sameAccount': 'Von diesem Konto kommt das Geld.',
  'send.asking': 'Die Validatoren werden gefragt, ob es diese Chain gibt…',
  'send.own': 'Deine eigene Chain.',
  'send.ownNamed': 'Deine eigene Chain: {name}.',
  'send.exists': 'Die Validatoren kennen diese Chain.',
  'send.unknown': 'Kein Validator kennt diese Chain',
  'send.unknownText': `
    Geld an eine Chain, die es nicht gibt, wartet dort für immer. Frage den Empfänger noch
    einmal.`,
  'send.unchecked': 'Nicht geprüft',
  'send.uncheckedText': `
    Zu wenige Validatoren sind sich einig, ob es diese Chain gibt.`,
  'amount.missing': 'Wie viel?',
  'amount.sign': 'Schreibe „{sign}“ vor Dezimalstellen und nichts zwischen Tausender.',
  'amount.signMeant': `
    Schreibe „{sign}“ vor Dezimalstellen und nichts zwischen Tausender. Meinst du {meant}?`,
  'amount.zero': 'Der Betrag muss mehr als null sein.',
  'amount.decimals': 'Es gibt höchstens 18 Dezimalstellen.',
  'amount.malformed': 'Das ist kein Betrag.',
  'amount.tooMuch': 'Zu viel: Auf diesem Konto sind {available}.',
  'address.missing': 'Der Empfänger fehlt.',
  'address.checksum': `
    Ein Zeichen der Besitzer-Adresse ist falsch: Ihre Großbuchstaben sind eine Prüfung, und sie
    passen nicht. Kopiere die ganze Adresse noch einmal.`,
  'address.prefixed': `
    Eine Chain-ID hat kein 0x davor; damit ist es ein Besitzer. Für eine Chain lass 0x weg, für
    das Konto eines Besitzers schreibe owner@chain.`,
  'address.owner': `
    Das ist die Adresse eines Besitzers. Geld geht an eine Chain: Frage nach der Chain-ID (64
    Ziffern) oder owner@chain.`,
  'address.malformed': `
    Das ist keine Adresse: Eine Chain-ID hat 64 Hex-Ziffern, oder schreibe owner@chain.`,

  'receive.title': 'Empfangen',
  'receive.followed': 'Dieser Chain folgst du nur',
  'receive.followedText': `
    Was dorthin gesendet wird, gehört dir nicht: Kein Konto dieser Wallet besitzt sie.`,
  'receive.lead': 'Andere senden an diese Adresse von {chain}:',
  'receive.qr': 'QR-Code von {address}',
  'receive.copy': 'Adresse kopieren',
  'receive.form': 'Form der Adresse',
  'receive.formChain': 'Chain-ID: an das Guthaben der Chain',
  'receive.formOwner': 'owner@chain: an dein Konto darauf',

  'activity.title': 'Verlauf',
  'activity.none': 'Noch nichts',
  'activity.noneText': 'Was du sendest und empfängst, steht hier.',
  'activity.older': 'Ältere zeigen',
  'activity.more': '{sentence} (und {count, number} mehr)',
  'activity.empty': 'Ein leerer Block',
  'state.proposed': 'Vorgeschlagen',
  'state.proposedText': 'Signiert und gesendet; ein Quorum hat ihn noch nicht zertifiziert.',
  'state.certified': 'Zertifiziert',
  'state.certifiedText': 'Ein Quorum der Validatoren hat ihn signiert: Er ist endgültig.',
  'state.delivered': 'Zugestellt',
  'state.deliveredText': `
    Endgültig, und ein Quorum sagt, dass der Eingang des Empfängers es hat.`,
  'block.title': 'Block',
  'block.none': 'Hier gibt es keinen solchen Block',
  'block.otherSide': 'Gegenseite',
  'block.all': 'Alles, was dieser Block tat',
  'block.showCertificate': 'Zertifikat zeigen',
  'block.certificate': 'Zertifikat',
  'block.certificateText': `
    Jeder kann damit prüfen, dass die Validatoren diesen Block signiert haben.`,
  'block.copyCertificate': 'Zertifikat kopieren',
};
