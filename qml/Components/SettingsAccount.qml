import QtQuick
import Marea
import Marea.App

// Oneself: the sign-in, the devices, and the passwords of other programs.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    readonly property AccountViewModel account: app.account
    Component.onCompleted: account.reload()
    Component.onDestruction: account.putAway()

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    Loader { id: shown; active: section.account.newPassword !== ""; sourceComponent: NewPasswordSheet { app: section.app } onLoaded: item.show(program) }
    Setting {
        query: section.query
        title: section.app.session.username
        explanation: section.app.session.forgetful
            ? qsTr("On %1. This system has no keychain, so you will sign in again at the next start.").arg(section.app.session.address)
            : qsTr("On %1. The sign-in is kept in the system's keychain.").arg(section.app.session.address)
        AppButton { iconName: "log-out"; text: qsTr("Sign out"); onClicked: section.app.session.signOut() }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Devices")
        explanation: qsTr("Where you are signed in. What you sign out is out at once.")
        Column {
            width: section.width
            Repeater {
                model: section.account.devices
                SettingsRow {
                    required property var modelData
                    iconName: modelData.current ? "monitor" : "smartphone"
                    title: modelData.name
                    detail: modelData.detail
                    AppButton { visible: !modelData.current; quiet: true; text: qsTr("Sign out"); Accessible.name: qsTr("Sign out %1").arg(modelData.name); onClicked: section.account.signOutDevice(modelData.id) }
                }
            }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Passwords for apps")
        explanation: qsTr("For music players on the phone that know Subsonic. One each; it is shown once.")
        Column {
            width: section.width
            spacing: 4
            Repeater {
                model: section.account.passwords
                SettingsRow {
                    required property var modelData
                    iconName: "key-round"
                    title: modelData.name
                    detail: modelData.detail
                    IconButton {
                        id: gone
                        iconName: "trash-2"; iconSize: 18; color: Theme.secondary
                        text: qsTr("Delete %1").arg(modelData.name)
                        onClicked: { confirm.active = true; confirm.item.ask(qsTr("Delete the password?"), qsTr("%1 can no longer sign in with it.").arg(modelData.name), qsTr("Delete"), () => section.account.removePassword(modelData.id), gone) }
                    }
                }
            }
            Row {
                spacing: 8
                Field { id: program; width: Math.min(260, section.width - 130); placeholderText: qsTr("Name of the app"); maximumLength: 256; onAccepted: make.clicked() }
                AppButton { id: make; enabled: program.text.trim() !== ""; text: qsTr("Create"); onClicked: if (enabled) { section.account.makePassword(program.text); program.clear() } }
            }
        }
    }
    Setting {
        query: section.query
        stacked: true
        wanted: section.app.store.available
        title: qsTr("Credit in the store")
        explanation: section.app.store.wallet.text !== "" ? qsTr("You have %1.").arg(section.app.store.wallet.text) : section.app.store.wallet.known ? qsTr("You have none. A voucher adds to it.") : qsTr("A voucher adds to it.")
        Column {
            width: section.width
            spacing: 8
            VoucherField { width: parent.width; wallet: section.app.store.wallet }
            AppButton { quiet: true; iconName: "receipt"; text: qsTr("Purchases"); onClicked: section.app.navigator.go("purchases") }
        }
    }
    ScrobblingSetting { app: section.app; query: section.query; width: section.width }
    Setting {
        query: section.query
        stacked: true
        wanted: section.account.accounts.length > 0
        title: qsTr("Accounts elsewhere")
        explanation: qsTr("You sign in with them here too. Another one is linked when you sign in with it in the browser and then, once, with your password.")
        Column {
            width: section.width
            Repeater {
                model: section.account.accounts
                SettingsRow {
                    required property var modelData
                    iconName: "user"
                    title: modelData.name
                    detail: modelData.detail
                    AppButton {
                        id: unlink
                        quiet: true
                        text: qsTr("Unlink")
                        Accessible.name: qsTr("Unlink %1").arg(modelData.name)
                        onClicked: { confirm.active = true; confirm.item.ask(qsTr("Unlink the account?"), qsTr("%1 will no longer sign you in here.").arg(modelData.name), qsTr("Unlink"), () => section.account.removeAccount(modelData.id), unlink) }
                    }
                }
            }
        }
    }
    Label { visible: text !== ""; width: parent.width; text: section.account.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
}
