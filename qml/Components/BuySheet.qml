import QtQuick
import Marea
import Marea.App

// Buying: what, for how much, how it is paid and for whom; then waiting for the payment; then it is there.
Sheet {
    id: sheet
    required property AppContext app
    readonly property Checkout checkout: app.store.checkout
    readonly property bool asking: checkout.step === Checkout.Asking || checkout.step === Checkout.Buying
    readonly property bool busy: checkout.step === Checkout.Buying || checkout.step === Checkout.Loading
    wide: 480
    first: cancel
    title: checkout.step === Checkout.Done ? qsTr("Thank you") : checkout.step === Checkout.Pending ? qsTr("Waiting for the payment") : qsTr("Buy")
    closePolicy: busy ? Sheet.NoAutoClose : Sheet.CloseOnEscape | Sheet.CloseOnPressOutside
    onClosed: checkout.close()
    function ask(productId, asGift, back) {
        person.clear()
        checkout.open(productId, app.store.currency)
        gift.checked = asGift
        checkout.setGift(asGift, "")
        show(back)
    }
    Connections { target: sheet.checkout; function onChanged() { if (!amount.activeFocus && amount.text !== sheet.checkout.amount) amount.text = sheet.checkout.amount } }

    Row {
        visible: sheet.checkout.title === "" && sheet.checkout.step === Checkout.Loading
        spacing: 16
        Skeleton { width: 64; height: 64; radius: Theme.radiusControl }
        Column { anchors.verticalCenter: parent.verticalCenter; spacing: 8; Skeleton { width: 200; height: 16; radius: 4 } Skeleton { width: 140; height: 12; radius: 4 } }
    }
    Row {
        visible: sheet.checkout.title !== ""
        width: parent.width
        spacing: 16
        Artwork { id: cover; width: 64; height: 64; radius: Theme.radiusControl; path: sheet.checkout.artwork; fallback: "shopping-bag" }
        Column {
            width: parent.width - cover.width - 16
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2
            Label { width: parent.width; text: sheet.checkout.title; weight: Font.Medium; font.pixelSize: Theme.body }
            Label { width: parent.width; text: sheet.checkout.kindText; color: Theme.secondary }
        }
    }
    Label { visible: text !== "" && sheet.asking; width: parent.width; text: sheet.checkout.note; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Column {
        width: parent.width
        spacing: 12
        visible: sheet.asking
        Choice { width: parent.width; visible: options.length > 1; options: sheet.checkout.currencies; value: sheet.checkout.currency; onPicked: (value) => sheet.checkout.setCurrency(value) }
        Row {
            spacing: 12
            visible: sheet.checkout.choosesAmount
            Field { id: amount; width: 120; label: qsTr("What you pay"); placeholderText: label; inputMethodHints: Qt.ImhFormattedNumbersOnly; maximumLength: 12; onTextEdited: sheet.checkout.setAmount(text); onAccepted: sheet.checkout.confirm() }
            Label { anchors.verticalCenter: parent.verticalCenter; text: sheet.checkout.currency + "  ·  " + sheet.checkout.leastText; color: Theme.secondary }
        }
        Choice { width: parent.width; visible: options.length > 1 && !sheet.checkout.free; options: sheet.checkout.providers; value: sheet.checkout.provider; onPicked: (value) => sheet.checkout.setProvider(value) }
        Label { visible: sheet.checkout.provider === "wallet" && !sheet.checkout.free; width: parent.width; text: sheet.checkout.balanceText + (sheet.checkout.lacksCredit ? "  " + qsTr("That is not enough. A voucher adds to it.") : ""); color: sheet.checkout.lacksCredit ? Theme.warning : Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
        VoucherField { visible: sheet.checkout.lacksCredit || sheet.app.store.wallet.told !== ""; width: parent.width; wallet: sheet.app.store.wallet }
        Flow {
            width: parent.width
            spacing: 8
            Chip { id: gift; checkable: true; iconName: "gift"; text: qsTr("It is a gift"); onClicked: { sheet.checkout.setGift(checked, person.text); if (checked) person.forceActiveFocus() } }
            Field { id: person; visible: gift.checked; width: 220; placeholderText: qsTr("Name of who gets it"); maximumLength: 256; onTextEdited: sheet.checkout.setGift(true, text); onAccepted: sheet.checkout.confirm() }
        }
        Label { visible: !gift.checked; width: parent.width; text: qsTr("It will be in your library wherever you are signed in, to play and to download."); color: Theme.secondary; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
        Label { visible: text !== ""; width: parent.width; text: sheet.checkout.rule; color: Theme.secondary; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
    }
    Label { visible: sheet.checkout.step === Checkout.Pending; width: parent.width; text: qsTr("Pay on the page that was opened in your browser. It shows here by itself when it is done; you can close this meanwhile."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Row {
        width: parent.width
        visible: sheet.checkout.step === Checkout.Done
        spacing: 12
        Icon { id: done; anchors.verticalCenter: parent.verticalCenter; name: "circle-check"; color: Theme.good }
        Label { width: parent.width - done.width - 12; text: sheet.checkout.doneText; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    }
    Label { visible: text !== ""; width: parent.width; text: sheet.checkout.problem; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    buttons: [
        AppButton { visible: sheet.asking; primary: true; enabled: sheet.checkout.ready; text: sheet.checkout.free ? qsTr("Get it") : sheet.checkout.totalText === "" ? qsTr("Buy") : qsTr("Pay %1").arg(sheet.checkout.totalText); onClicked: sheet.checkout.confirm() },
        AppButton { visible: sheet.checkout.step === Checkout.Pending; primary: true; text: qsTr("Open the page again"); onClicked: sheet.checkout.openPage() },
        AppButton { visible: sheet.checkout.playable; primary: true; iconName: "play"; text: qsTr("Play"); onClicked: { const id = sheet.checkout.mediaId; sheet.close(); sheet.app.openTitle(id, true) } },
        AppButton { id: cancel; quiet: true; enabled: !sheet.busy; text: sheet.checkout.step === Checkout.Done || sheet.checkout.step === Checkout.Pending ? qsTr("Close") : qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
