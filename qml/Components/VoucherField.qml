import QtQuick
import Marea
import Marea.App

// A voucher's code becomes credit.
Column {
    id: field
    required property Wallet wallet
    spacing: 8
    Connections { target: field.wallet; function onRedeemed() { code.clear() } }
    function redeem() { if (code.text.trim() !== "" && !wallet.busy) wallet.redeem(code.text) }
    Row {
        spacing: 8
        Field { id: code; width: Math.min(260, field.width - button.width - 8); iconName: "ticket"; placeholderText: qsTr("Voucher code"); maximumLength: 64; onAccepted: field.redeem() }
        AppButton { id: button; enabled: code.text.trim() !== "" && !field.wallet.busy; text: qsTr("Redeem"); onClicked: field.redeem() }
    }
    Label { visible: text !== ""; width: parent.width; text: field.wallet.told; color: Theme.good; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Label { visible: text !== ""; width: parent.width; text: field.wallet.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
}
