import QtQuick
import Marea
import Marea.App

// Vouchers: batches of codes that become credit.
Column {
    id: part
    required property AppContext app
    readonly property SellingViewModel selling: app.store.selling
    spacing: 12

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    Loader { id: codes; active: false; sourceComponent: VoucherCodesSheet { app: part.app } }
    Connections { target: part.selling; function onVouchersMade() { codes.active = true; codes.item.show(make) } }

    Setting {
        stacked: true
        title: qsTr("New vouchers")
        explanation: qsTr("Each code is credit for whoever redeems it, once. The codes are shown once.")
        Column {
            width: part.width
            spacing: 8
            Flow {
                width: parent.width
                spacing: 8
                Field { id: count; width: 92; label: qsTr("How many"); placeholderText: label; text: "10"; inputMethodHints: Qt.ImhDigitsOnly; maximumLength: 4 }
                Field { id: amount; width: 144; label: qsTr("Worth each"); placeholderText: label; text: ""; maximumLength: 12 }
                Field { id: currency; width: 84; label: qsTr("Currency"); placeholderText: label; text: part.app.store.currency !== "" ? part.app.store.currency : "EUR"; maximumLength: 3 }
                Field { id: lastDay; width: 190; label: qsTr("Good until, or empty"); placeholderText: label; maximumLength: 10 }
            }
            Row {
                spacing: 8
                Field { id: purpose; width: Math.min(300, part.width - make.width - 8); placeholderText: qsTr("What they are for"); maximumLength: 200 }
                AppButton { id: make; enabled: amount.text.trim() !== ""; text: qsTr("Make vouchers"); onClicked: part.selling.makeVouchers(purpose.text, count.text, amount.text, currency.text, lastDay.text) }
            }
            Label { visible: text !== ""; width: parent.width; text: part.selling.problem; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
        }
    }
    Column {
        width: parent.width
        Repeater {
            model: part.selling.vouchers
            SettingsRow {
                required property var modelData
                iconName: "ticket"
                title: modelData.title
                detail: modelData.detail
                AppButton {
                    id: cancel
                    visible: modelData.open
                    quiet: true
                    text: qsTr("Cancel these")
                    Accessible.name: qsTr("Cancel %1").arg(modelData.title)
                    onClicked: { confirm.active = true; confirm.item.ask(qsTr("Cancel these vouchers?"), qsTr("Codes that nobody has redeemed become worthless. Credit that came of others stays."), qsTr("Cancel the vouchers"), () => part.selling.cancelVouchers(modelData.id), cancel) }
                }
            }
        }
    }
}
