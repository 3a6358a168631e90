// In German: see en/settings.ts.
export const settings = {
  'settings.title': 'Optionen',
  'settings.theme': 'Farben',
  'settings.themeSystem': 'Wie das System',
  'settings.themeLight': 'Hell',
  'settings.themeDark': 'Dunkel',
  'settings.language': 'Sprache',
  'settings.languageBrowser': 'Wie der Browser',
  'settings.lockAfter': 'Sperren, wenn niemand hier ist, nach',
  'settings.autoReceive': 'Von selbst empfangen',
  'settings.autoReceiveHint': `
    Solange entsperrt ist, werden Blöcke, die nur aufnehmen, was kam, und kein Guthaben über die
    Grenze hinaus senken, ohne Frage signiert.`,
  'settings.feeCap': 'Höchstens diese Gebühr fürs Empfangen (Token)',
  'settings.notifications': 'Melden, wenn Geld kommt',
  'settings.more': 'Weitere Optionen',
  'settings.networks': 'Netzwerke',
  'settings.accounts': 'Konten',
  'settings.hosts': 'Server',
  'settings.backup': 'Sicherung speichern',
  'settings.phrase': 'Phrase zeigen',
  'settings.password': 'Passwort ändern',
  'settings.erase': 'Wallet hier löschen',
  'settings.lock': 'Jetzt sperren',
  'settings.version': 'Mica {version}',

  'accounts.title': 'Konten',
  'accounts.lead': 'Schlüssel aus deiner Phrase. Ein Konto besitzt Chains und signiert für sie.',
  'accounts.evm': 'EVM (wie in MetaMask)',
  'accounts.ed25519': 'Ed25519',
  'accounts.number': '{scheme}, Nummer {index, number}',
  'accounts.imported': '{scheme}, importiert',
  'accounts.rename': '{account} umbenennen',
  'accounts.add': 'Konto hinzufügen',
  'accounts.new': 'Ein neues Konto',
  'accounts.newName': 'Konto {number, number}',
  'accounts.added': 'Das Konto ist hinzugefügt',
  'accounts.addedText': 'Hatte es schon eine Chain, {find}.',
  'accounts.find': 'frag den Faucet danach',
  'accounts.scheme': 'Art des Schlüssels',

  'backup.title': 'Sicherung speichern',
  'backup.lead': `
    Schlüssel, Chains und Namen in einer verschlüsselten Datei. Ohne ihr Passwort ist sie nichts
    wert.`,
  'backup.do': 'Datei speichern',
  'backup.busy': 'Die Datei wird versiegelt…',
  'backup.ownPassword': 'Passwort der Wallet',
  'backup.password': 'Ein Passwort für die Datei',
  'backup.saved': 'Gespeichert',
  'backup.savedText': `
    {name} liegt bei deinen Downloads. Bewahre sie auf, wo dieser Computer nicht ist.`,
  'changePassword.title': 'Passwort ändern',
  'changePassword.lead': `
    Gespeicherte Sicherungen behalten das Passwort, mit dem sie gespeichert wurden.`,
  'changePassword.do': 'Ändern',
  'changePassword.done': 'Das Passwort ist geändert',
  'changePassword.now': 'Jetziges Passwort',
  'changePassword.new': 'Neues Passwort',
  'reveal.title': 'Deine Phrase',
  'reveal.do': 'Phrase zeigen',
  'reveal.warning': 'Wer diese Wörter sieht, hat dein Geld',
  'reveal.warningText': `
    Niemand, der dir hilft, braucht sie: kein Support, keine Seite, kein Formular.`,
  'reveal.passphrase': 'Zusätzliche Passphrase: {passphrase}',
  'erase.title': 'Wallet hier löschen',
  'erase.do': 'Wallet aus diesem Browser löschen',
  'erase.warning': 'Nur die Phrase oder eine Sicherung bringt sie zurück',
  'erase.chains': `
    Chains und Geld bleiben im Netzwerk, aber ohne die Schlüssel kann sie niemand benutzen.`,
  'erase.names': `
    Namen, verbundene Seiten, Anfragen und Verlauf aller Netzwerke werden hier auch gelöscht.`,
  'erase.sure': 'Ich habe die Phrase oder eine Sicherung',
  'erase.keepFollowed': 'Chains behalten, denen diese Wallet nur folgt',

  'sites.title': 'Verbundene Seiten',
  'sites.none': 'Keine Seite ist verbunden',
  'sites.noneText': 'Eine Seite fragt zuerst; du wählst, welche deiner Chains sie sieht.',
  'sites.row': '{count, plural, one {# Chain} other {# Chains}} · benutzt {ago}',
  'sites.blocked': 'Blockierte Seiten',
  'sites.blockedText': 'darf nichts fragen',
  'sites.unblock': 'Freigeben',
  'sites.unblockNamed': '{site} freigeben',
  'site.title': 'Seite',
  'site.none': 'Diese Seite ist nicht verbunden',
  'site.address': 'Adresse',
  'site.connected': 'Verbunden',
  'site.lastUsed': 'Zuletzt benutzt',
  'site.chains': 'Chains, die sie sieht',
  'site.readsText': `
    Nimm den Haken weg und speichere: Den Chains, die nur diese Seite liest, folgt die Wallet dann
    nicht mehr.`,
  'site.revoke': 'Trennen',

  'hosts.title': 'Server',
  'hosts.lead': `
    Fremde Server, die Anwendungen diese Wallet fragen lassen dürfen. Jeder sieht die Adresse dieses
    Computers und was gefragt wird.`,
  'hosts.none': 'Kein Server ist erlaubt',
  'hosts.noneText': 'Braucht eine Anwendung die Antwort von einem, wirst du zuerst gefragt.',
  'hosts.row': 'auf {network}, erlaubt {ago}',
  'hosts.forget': 'Zurücknehmen',
  'hosts.forgetNamed': 'Die Erlaubnis für {host} zurücknehmen',

  'networks.title': 'Netzwerke',
  'networks.faucet': 'Faucet',
  'networks.genesis': 'Genesis',
  'networks.firstContact': `
    Die Genesis wurde beim ersten Kontakt geglaubt: Nur der Faucet nennt sie. Eine andere wird
    später abgelehnt und gemeldet. Um sicher zu sein, vergleiche sie mit jemandem, der dieses
    Netzwerk benutzt.`,
  'networks.validators': 'Validatoren',
  'networks.subscribed': 'meldet Neues',
  'networks.answers': 'antwortet',
  'networks.silent': 'antwortet nicht',
  'networks.inUse': 'In Gebrauch',
  'networks.remove': 'Entfernen',
  'networks.removeNamed': '{network} entfernen',
  'networks.use': 'Benutzen',
  'networks.useNamed': '{network} benutzen',
  'networks.add': 'Netzwerk hinzufügen',
  'addNetwork.title': 'Netzwerk hinzufügen',
  'addNetwork.lead': 'Die Adresse des Faucets genügt: Er nennt die Genesis und die Validatoren.',
  'addNetwork.do': 'Hinzufügen und benutzen',
  'addNetwork.busy': 'Der Faucet wird gefragt…',
  'addNetwork.hint': `
    Wer ihn betreibt, kann dir ein eigenes Netzwerk zeigen: Nimm einen, dem du traust.`,
};
