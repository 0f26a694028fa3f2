import QtQuick
import Marea
import Marea.App

// Pairing another computer: which one, whether both show the same digits, and what it may see.
Sheet {
    id: sheet
    required property PeersViewModel peers
    readonly property string step: peers.step
    title: step === "done" ? qsTr("Paired") : qsTr("Pair another computer")
    wide: 520
    first: step === "choose" ? address : null
    onClosed: { peers.endPairing(); peers.forgetLink() }

    component Words: Label { width: parent.width; wrapMode: Text.Wrap; elide: Text.ElideNone; color: Theme.secondary }
    component Alert: Words { visible: text !== ""; color: Theme.error; Accessible.role: Accessible.AlertMessage; Accessible.name: text }

    Alert { text: sheet.peers.errorText }
    Alert { text: sheet.peers.pairingError }
    Column {
        visible: sheet.step === "link"
        width: parent.width
        spacing: 12
        Words { visible: sheet.peers.linkName === ""; text: qsTr("This link is damaged. Copy all of what the other computer shows.") }
        Words { visible: sheet.peers.linkName !== ""; color: Theme.text; text: qsTr("Pair with “%1” at %2?").arg(sheet.peers.linkName).arg(sheet.peers.linkPlace) }
        Words { visible: sheet.peers.linkName !== ""; text: qsTr("It may then see and change your ratings, plays, positions and playlists. Go on only if you had this link shown on a computer of yours.") }
    }
    Column {
        visible: sheet.step === "choose" || sheet.step === "connecting"
        width: parent.width
        spacing: 12
        Words { text: qsTr("Open this on the other computer, too. Then choose it on one of the two.") }
        Column {
            width: parent.width
            Repeater {
                model: sheet.peers.nearby.length   // they stay, with the keyboard on them, when one changes
                SettingsRow {
                    required property int index
                    readonly property var entry: sheet.peers.nearby[index] ?? {name: "", detail: "", paired: false}
                    iconName: "monitor"
                    title: entry.name
                    detail: entry.paired ? qsTr("Paired already") : entry.detail
                    AppButton { enabled: sheet.step === "choose"; text: qsTr("Pair"); Accessible.name: qsTr("Pair with %1").arg(entry.name); onClicked: sheet.peers.pairWith(entry.name) }
                }
            }
        }
        Words { visible: sheet.peers.nearby.length === 0; text: sheet.peers.findingText !== "" ? sheet.peers.findingText : qsTr("Looking for computers in the network…") }
        Row {
            width: parent.width
            spacing: 8
            Field { id: address; width: parent.width - go.width - 8; label: qsTr("Address of the other computer"); placeholderText: qsTr("Its address or its link, as it shows them"); onAccepted: go.clicked() }
            AppButton { id: go; enabled: sheet.step === "choose" && address.text !== ""; text: sheet.step === "connecting" ? qsTr("Connecting…") : qsTr("Connect"); onClicked: sheet.peers.pairAt(address.text) }
        }
        Words {
            visible: sheet.peers.on
            text: sheet.peers.addresses.length > 0 ? qsTr("This computer is “%1”, at %2.").arg(sheet.peers.name).arg(sheet.peers.addresses.join(", "))
                                                  : qsTr("This computer is on no network.")
        }
        Row {
            visible: sheet.peers.codeText !== ""
            width: parent.width
            spacing: 16
            Rectangle {
                id: code
                width: 212; height: 212; radius: Theme.radiusControl   // of several addresses it has finer squares
                color: Theme.pictureInk
                Image {
                    anchors.centerIn: parent
                    width: 200; height: 200
                    smooth: false
                    sourceSize: Qt.size(600, 600)
                    source: sheet.peers.codeText !== "" ? "image://qr/" + encodeURIComponent(sheet.peers.codeText) : ""
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("The link of this computer as a QR code")
                }
            }
            Column {
                width: parent.width - code.width - 16
                spacing: 8
                Words { text: qsTr("Or scan this there, or open this link there: it pairs without digits. Good once, for five minutes. Show it to nobody else.") }
                Field { width: parent.width; readOnly: true; selectByMouse: true; label: qsTr("Link of this computer"); text: sheet.peers.codeText }
            }
        }
    }
    Column {
        visible: sheet.step === "compare" || sheet.step === "waiting"
        width: parent.width
        spacing: 12
        Words { text: qsTr("Does “%1” show the same digits?").arg(sheet.peers.otherName) }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: sheet.peers.digits.slice(0, 3) + " " + sheet.peers.digits.slice(3)
            font.pixelSize: Theme.display
            font.letterSpacing: 4
            weight: Font.DemiBold
            tabular: true
            Accessible.name: qsTr("Digits: %1").arg(sheet.peers.digits.split("").join(" "))
        }
        Words { text: qsTr("What it may see and change here:") }
        Flow {
            width: parent.width
            spacing: 8
            Repeater {
                model: sheet.peers.scopes.length
                Chip {
                    required property int index
                    readonly property var entry: sheet.peers.scopes[index] ?? {text: "", value: "", checked: false}
                    text: entry.text
                    checkable: true
                    checked: entry.checked
                    enabled: sheet.step === "compare"
                    onClicked: { sheet.peers.toggleScope(entry.value); checked = Qt.binding(() => entry.checked) }
                }
            }
        }
        Words { visible: sheet.step === "waiting"; text: qsTr("Waiting for the other computer…"); Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    }
    Words { visible: sheet.step === "done"; text: qsTr("“%1” and this computer sync from now on, whenever both are in the network.").arg(sheet.peers.otherName) }
    buttons: [
        AppButton { visible: sheet.step === "done"; primary: true; text: qsTr("Done"); onClicked: sheet.close() },
        AppButton { visible: sheet.step === "link" && sheet.peers.linkName !== ""; primary: true; text: qsTr("Pair"); onClicked: sheet.peers.acceptLink() },
        AppButton { visible: sheet.step === "compare"; primary: true; text: qsTr("They are the same"); onClicked: sheet.peers.sayCompared(true) },
        AppButton { visible: sheet.step === "compare"; text: qsTr("They differ"); onClicked: sheet.peers.sayCompared(false) },
        AppButton { visible: sheet.step !== "done"; quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
