// In German: see en/failures.ts.
export const failures = {
  'failure.InvalidInput': 'Das kann nicht verwendet werden',
  'failure.InvalidInput.next': 'Berichtige es und versuche es erneut.',
  'failure.InsufficientBalance': 'Nicht genug Geld',
  'failure.InsufficientBalance.next': `
    Sende weniger, oder empfange zuerst mehr. Auch Gebühren zählen.`,
  'failure.NotOwner': 'Nicht deine Chain',
  'failure.NotOwner.next': 'Wähle eine Chain, die ein Konto dieser Wallet besitzt.',
  'failure.UnknownChain': 'Unbekannte Chain',
  'failure.UnknownChain.next': `
    Die Validatoren kennen diese Chain nicht. Prüfe die Chain-ID und das Netzwerk.`,
  'failure.UnknownRecipient': 'Unbekannter Empfänger',
  'failure.UnknownRecipient.next': 'Frage den Empfänger noch einmal nach der Chain-ID.',
  'failure.NoQuorum': 'Kein Quorum: zu wenige Validatoren antworteten',
  'failure.NoQuorum.next': 'Versuche es gleich noch einmal; durch Warten geht nichts verloren.',
  'failure.OutcomeUnknown': 'Ausgang unbekannt, wird weiter versucht',
  'failure.OutcomeUnknown.next': 'Sieh in den Verlauf: Dort steht die Antwort.',
  'failure.SignerRefused': 'Der Tresor hat nicht signiert',
  'failure.SignerRefused.next': 'Sieh dir die Anfrage noch einmal an.',
  'failure.SignerLocked': 'Die Wallet ist gesperrt',
  'failure.SignerLocked.next': 'Entsperre sie und versuche es erneut.',
  'failure.FastRoundTaken': 'Ein anderer Block wurde für diese Runde signiert',
  'failure.FastRoundTaken.next': 'Versuche es erneut: Eine spätere Runde wird genommen.',
  'failure.Conflict': 'Inzwischen hat sich etwas geändert',
  'failure.Conflict.next': 'Sieh dir die neuen Wirkungen an und entscheide noch einmal.',
  'failure.WaitForRound': 'Die Chain ist beschäftigt',
  'failure.WaitForRound.next': 'Die Wallet macht weiter, sobald die Runde es erlaubt.',
  'failure.ClockSkew': 'Die Uhr geht falsch',
  'failure.ClockSkew.next': 'Stelle Datum und Uhrzeit dieses Computers, dann versuche es erneut.',
  'failure.NetworkReset': 'Das Netzwerk wurde zurückgesetzt',
  'failure.NetworkReset.next': 'Beginne darauf neu, oder wechsle zu einem anderen Netzwerk.',
  'failure.StorageFull': 'Der Speicher ist voll',
  'failure.StorageFull.next': `
    Schaffe Platz: Die Wallet macht von selbst weiter, und nichts ist verloren. Dann versuche es
    erneut.`,
  'failure.StorageFailed': 'Der Speicher nahm es nicht an',
  'failure.StorageFailed.next': `
    Die Wallet versucht es von selbst erneut. Bleibt es so, starte den Browser neu.`,
  'failure.StorageCorrupt': 'Die gespeicherten Daten sind beschädigt',
  'failure.StorageCorrupt.next': `
    Dein Geld ist sicher: Es liegt auf den Chains, und deine Schlüssel sind getrennt
    gespeichert. Die Wallet kann alles neu holen und behält die beschädigten Dateien. Chains,
    die der Faucet nicht kennt, kommen aus einer Sicherung oder über ihre IDs zurück.`,
  'failure.CommitteeRemoved': 'Die Validatoren dieser Chain wurden ersetzt',
  'failure.CommitteeRemoved.next': `
    Sie antworten zu selten, um die Chain zu den neuen zu bringen. Die Wallet versucht es
    weiter: Die Chain zieht um, wenn sie zurück sind.`,
  'failure.Unsupported': 'Noch nicht möglich',
  'failure.Unsupported.next': 'Eine spätere Version der Wallet kann es vielleicht.',
  'failure.DraftGone': 'Diese Anfrage ist vorbei',
  'failure.DraftGone.next': 'Frage noch einmal.',
  'failure.Busy': 'Beschäftigt',
  'failure.Busy.next': 'Warte, bis der laufende Schritt fertig ist.',
  'failure.NothingToDo': 'Nichts zu tun',
  'failure.NothingToDo.next': 'Alles ist schon getan.',
  'failure.ExecutionFailed': 'Der Block kann nicht gemacht werden',
  'failure.ExecutionFailed.next': 'Die Einzelheiten sagen warum; die Chain ist unverändert.',
  'failure.Internal': 'In der Wallet ging etwas schief',
  'failure.Internal.next': 'Schließe dieses Fenster und öffne es wieder.',
  'failure.NoHttpAnswer': 'Ein fremder Server hat nicht geantwortet',
  'failure.NoHttpAnswer.next': `
    Die Anwendung fragt ihn etwas, das der Block braucht. Nichts wurde unterschrieben; versuche es
    später erneut.`,
  'failure.AnswersDiffer': 'Den Validatoren wurde etwas anderes gesagt',
  'failure.AnswersDiffer.next': `
    Ein fremder Server, den die Anwendung fragt, hat ihnen anders geantwortet als dieser Wallet.
    Sieh auf der Chain nach, und versuche es erneut, wenn dort nichts davon steht.`,
  'failure.LockedByOther': 'Ein anderer Block kommt zuerst',
  'failure.LockedByOther.next': `
    Ein anderer Besitzer oder ein anderes Gerät hat hier einen Block begonnen. Die Seite der Chain
    zeigt ihn: Sieh ihn an und bringe ihn zu Ende, dann versuche es erneut.`,
  'failure.BadInput': 'Das kann nicht verwendet werden',
  'failure.BadInput.next': 'Berichtige es und versuche es erneut.',
  'failure.WrongDoor': 'Dieses Fenster darf das nicht',
  'failure.WrongDoor.next': 'Öffne die Wallet selbst und versuche es dort.',
  'failure.WrongPassword': 'Falsches Passwort',
  'failure.WrongPassword.next': 'Prüfe Großbuchstaben und Tastaturbelegung.',
  'failure.TooSoon': 'Zu viele falsche Passwörter',
  'failure.TooSoon.next': 'Warte, bis die Zeit um ist.',
  'failure.Damaged': 'Diese Datei ist beschädigt',
  'failure.Damaged.next': 'Nimm eine andere Kopie davon.',
  'failure.NewerFile': 'Diese Datei ist von einer neueren Version',
  'failure.NewerFile.next': 'Aktualisiere zuerst die Erweiterung.',
  'failure.WeakKdf': 'Diese Datei ist zu schwach geschützt',
  'failure.WeakKdf.next': 'Mach mit der jetzigen Version eine neue Sicherung.',
  'failure.CostlyKdf': 'Diese Datei verlangt zu viel Arbeit',
  'failure.CostlyKdf.next': `
    Keine Sicherung dieser Wallet braucht so viel Speicher oder Zeit: Die Datei ist beschädigt
    oder soll schaden. Nimm eine andere Kopie.`,
  'failure.NoMemory': 'Zu wenig Arbeitsspeicher',
  'failure.NoMemory.next': 'Schließe andere Tabs und versuche es erneut.',
  'failure.Locked': 'Die Wallet ist gesperrt',
  'failure.Locked.next': 'Entsperre sie und versuche es erneut.',
  'failure.BadPhrase': 'Das ist keine gültige Phrase',
  'failure.BadPhrase.next': 'Vergleiche jedes Wort mit dem, was du aufgeschrieben hast.',
  'failure.BadKey': 'Das ist kein gültiger Schlüssel',
  'failure.BadKey.next': 'Vergleiche ihn mit dem, wovon du ihn kopiert hast.',
  'failure.AccountExists': 'Dieses Konto gibt es schon',
  'failure.AccountExists.next': 'Es steht in der Liste der Konten.',
  'failure.NoPhrase': 'Diese Wallet hat keine Phrase',
  'failure.NoPhrase.next':
    'Ihre Schlüssel wurden importiert; speichere stattdessen eine Sicherung.',
  'failure.UnknownOwner': 'Diese Wallet hat keinen solchen Schlüssel',
  'failure.UnknownOwner.next': 'Wähle ein Konto dieser Wallet.',
  'failure.NotApproved': 'Nicht zugestimmt',
  'failure.NotApproved.next': 'Sieh dir die Anfrage an und stimme noch einmal zu.',
  'failure.BadText': 'Dieser Text kann nicht signiert werden',
  'failure.BadText.next': 'Nur Anmeldetext, der die Seite nennt, wird signiert.',
  'failure.Outdated': 'Einem späteren Block wurde schon zugestimmt',
  'failure.Outdated.next': 'Sieh in den Verlauf: Dieser wird nicht mehr signiert.',
  'failure.FaucetFailed': 'Der Faucet hat nicht geantwortet',
  'failure.FaucetFailed.next': 'Prüfe die Verbindung oder versuche es später erneut.',
  'failure.NoNetwork': 'Kein Netzwerk',
  'failure.NoNetwork.next': 'Prüfe die Verbindung; die Wallet macht von selbst weiter.',
  'failure.NotFound': 'Nicht gefunden',
  'failure.NotFound.next': 'Vielleicht ist es schon vorbei.',
  'failure.AlreadyExists': 'Das gibt es schon',
  'failure.AlreadyExists.next': 'Nimm das, was da ist.',
  'failure.Cancelled': 'Abgebrochen',
  'failure.Cancelled.next': 'Nichts wurde geändert.',

  'failure.InsufficientBalance.facts': `
    Da sind {available}, und {needed} sind mit den Gebühren nötig.`,
  'failure.WaitForRound.facts': `
    {round, select,
      Fast {Die schnelle Runde}
      MultiLeader {Die Mehrleiter-Runde {number, number}}
      SingleLeader {Die Einzelleiter-Runde {number, number}}
      other {Die Validatoren-Runde {number, number}}
    } gehört einem anderen Eigentümer.`,
  'failure.NoHttpAnswer.facts': 'Gefragt wurde {host}.',
  'failure.UnknownChain.facts': 'Chain {chain}.',

  'failure.reason.ChainClosed':
    'Diese Chain ist geschlossen: Von ihr kann nichts mehr gesendet werden.',
  'failure.reason.ChainElsewhere': `
    Diese Wallet hat die Chain im Netzwerk {network}. Ein Netzwerk, das dieselbe Chain zeigt,
    kann eine Kopie sein: Was du hier unterschreibst, würde dort dein Geld bewegen. Wenn du
    diesem traust, vergiss die Chain zuerst im anderen.`,
  'failure.reason.SignedElsewhere': `
    Blöcken dieser Chain hast du in einem anderen Netzwerk zugestimmt. Ein Netzwerk, das dieselbe
    Chain zeigt, kann eine Kopie sein: Was du hier unterschreibst, würde dort dein Geld bewegen.
    Nichts wird unterschrieben.`,
  'failure.reason.NetworkChanged': 'Jetzt ist {network} in Gebrauch.',
  'failure.reason.NetworkInUse': 'Dieses Netzwerk ist in Gebrauch: Wechsle zuerst in ein anderes.',
  'failure.reason.OtherNetwork': 'Der Faucet zeigt ein anderes Netzwerk als dieses.',
  'failure.reason.FaucetAddress':
    'Die Adresse des Faucets muss https sein (oder http auf diesem Rechner).',
  'failure.reason.FaucetIpv6':
    'Adressen von IPv6 sind nicht erreichbar: Schreib localhost oder einen Namen.',
  'failure.reason.FaucetStatus': 'Er hat mit dem Status {status, number, ::group-off} geantwortet.',
  'failure.reason.FaucetRefused':
    'Er hat geantwortet und abgelehnt: Seine Worte stehen in den Einzelheiten.',
  'failure.reason.FaucetNonsense': 'Er hat geantwortet, aber nichts, was ein Faucet sagt.',
  'failure.reason.HostNotAllowed': `
    Eine Anwendung braucht eine Antwort von {host}. Du hast dieser Wallet nicht erlaubt, dort zu
    fragen; es wurde nicht gefragt.`,
  'failure.reason.HostInsecure': `
    Eine Anwendung braucht eine Antwort von {host} ohne Verschlüsselung. Über das Internet fragt
    diese Wallet nur mit https: Jemand dazwischen könnte die Antwort ändern.`,
  'failure.reason.HostRefused': `
    Du hast der Wallet nicht erlaubt, den Server zu fragen, den der Block braucht; nichts wurde
    gesendet.`,
  'failure.reason.StartedAnew': `
    Die Wallet wurde währenddessen neu gestartet. Sieh nach, was sie zeigt, bevor du es noch
    einmal tust.`,
  'failure.reason.ReceiveBudget': `
    Selbsttätiges Empfangen hat heute so viel gekostet, wie es darf: das Hundertfache der
    Gebührengrenze in den Optionen. Empfang von Hand oder erhöhe die Grenze.`,
  'failure.reason.Approved': 'Dem wurde schon zugestimmt.',
  'failure.reason.SignedAlready': 'Das ist schon unterschrieben und unterwegs.',
  'failure.reason.Rejected': 'Du hast nein gesagt; nichts wurde gesendet.',
  'failure.reason.NetworkSwitched':
    'Vor der Zustimmung wurde ein anderes Netzwerk gewählt: Nichts wurde gesendet.',
  'failure.reason.NetworkReset':
    'Vor der Zustimmung wurde das Netzwerk zurückgesetzt: Nichts wurde gesendet.',
  'failure.reason.NetworkClosed':
    'Vor der Zustimmung wurde das Netzwerk geschlossen: Nichts wurde gesendet.',
  'failure.reason.WalletRemoved': 'Die Wallet wurde inzwischen gelöscht: Nichts wurde gesendet.',
  'failure.reason.WalletUpdated':
    'Vor der Zustimmung wurde die Wallet aktualisiert: Nichts wurde gesendet.',
  'failure.reason.NotConnected':
    'Vor der Zustimmung wurde die Seite getrennt: Nichts wurde gesendet.',
  'failure.reason.EngineStopped':
    'Die Wallet ist an der Anfrage dieser Seite stehen geblieben: Nichts wurde gesendet.',
  'failure.reason.Blocked': 'Du hast diese Seite blockiert.',
  'failure.reason.NotKept':
    'Die Wallet wurde neu gestartet, und der Inhalt ist nicht gespeichert: Frage noch einmal.',
  'failure.reason.Expired': 'Niemand hat rechtzeitig geantwortet: Nichts wurde gesendet.',
  'failure.reason.PageLeft': 'Die Seite wurde verlassen, bevor du geantwortet hast.',

  'failure.details': 'Einzelheiten',
  'failure.copy': 'Bericht kopieren',
  'failure.money.Untouched': 'Kein Geld wurde bewegt.',
  'failure.money.Unknown': `
    Ob das Geld bewegt wurde, ist noch nicht bekannt. Sende es nicht noch einmal: Die Wallet
    versucht es weiter.`,
  'failure.money.Moved': 'Das Geld wurde bewegt.',
};
