import QtQuick
import Marea
import Marea.App

// This computer's library on the network: the switch, the way in, what is seen, and who is there.
Column {
    id: section
    required property AppContext app
    property string query: ""
    readonly property SharingViewModel sharing: app.sharing
    readonly property bool on: sharing.on
    Component.onCompleted: sharing.watched = true
    Component.onDestruction: sharing.watched = false

    Setting {
        query: section.query
        title: qsTr("Share on the network")
        explanation: qsTr("Others nearby sign in with a code that you give them. Turning it off ends what they play.")
        Switch {
            checked: section.on
            enabled: !section.sharing.busy
            text: qsTr("One moment…")
            Accessible.name: qsTr("Share on the network")
            onClicked: { section.sharing.setOn(checked); checked = Qt.binding(() => section.on) }
        }
    }
    Label { visible: text !== ""; width: parent.width; text: section.sharing.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    Setting {
        query: section.query
        wanted: section.on
        stacked: true
        title: qsTr("The way in")
        explanation: section.sharing.addresses.length > 0 ? qsTr("Address, name and code are typed on the other device. The pin is the certificate's: what the other device shows is the same.")
                                                          : qsTr("This computer is on no network.")
        Flow {
            width: section.width
            spacing: 24
            Rectangle {
                visible: section.sharing.addresses.length > 0
                width: 148; height: 148; radius: Theme.radiusControl
                color: Theme.pictureInk
                Image {
                    anchors.centerIn: parent
                    width: 136; height: 136
                    smooth: false
                    sourceSize: Qt.size(272, 272)
                    source: section.sharing.addresses.length > 0 ? "image://qr/" + encodeURIComponent(section.sharing.addresses[0]) : ""
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("The address as a QR code")
                }
            }
            Column {
                width: Math.min(parent.width, Math.max(260, section.width - 172))
                spacing: 6
                Repeater {
                    model: section.sharing.addresses
                    Label { required property string modelData; width: parent.width; text: modelData; weight: Font.Medium }
                }
                Label { width: parent.width; text: qsTr("Name: %1").arg(section.sharing.user) }
                Label {
                    width: parent.width
                    visible: section.sharing.code !== ""
                    text: section.sharing.code
                    font.pixelSize: Theme.title
                    weight: Font.DemiBold
                    Accessible.name: qsTr("Code: %1").arg(text)
                }
                Label { width: parent.width; visible: section.sharing.code !== ""; text: qsTr("Good once, for ten minutes."); color: Theme.secondary; font.pixelSize: Theme.tiny }
                AppButton { iconName: "key-round"; text: section.sharing.code === "" ? qsTr("Show a code") : qsTr("Another code"); onClicked: section.sharing.newCode() }
                Label { width: parent.width; text: section.sharing.pin; color: Theme.secondary; font.pixelSize: Theme.tiny; wrapMode: Text.WrapAnywhere; elide: Text.ElideNone; Accessible.name: qsTr("Pin: %1").arg(text) }
            }
        }
    }
    Setting {
        query: section.query
        wanted: section.on && section.app.computer.folders.length > 0
        stacked: true
        title: qsTr("What is shared")
        explanation: qsTr("Folders that are not chosen are not seen by others.")
        Flow {
            width: section.width
            spacing: 8
            Repeater {
                model: section.app.computer.folders.length   // they stay, also under a press, while they are read
                Chip {
                    required property int index
                    readonly property var folder: section.app.computer.folders[index] ?? {id: "", name: ""}
                    readonly property bool shared: !section.sharing.hidden.includes(folder.id)
                    text: folder.name
                    iconName: "folder-open"
                    checkable: true
                    checked: shared
                    onClicked: { section.sharing.setHidden(folder.id, !checked); checked = Qt.binding(() => shared) }
                }
            }
        }
    }
    Setting {
        query: section.query
        wanted: section.on
        stacked: true
        title: qsTr("Who is signed in")
        explanation: section.sharing.guests.length === 0 ? qsTr("Nobody yet.") : qsTr("Whom you sign out is out at once.")
        Column {
            width: section.width
            Repeater {
                model: section.sharing.guests.length   // they stay, with the keyboard on them, when one changes
                SettingsRow {
                    required property int index
                    readonly property var entry: section.sharing.guests[index] ?? {id: "", name: "", detail: ""}
                    iconName: "smartphone"
                    title: entry.name
                    detail: entry.detail
                    AppButton { quiet: true; text: qsTr("Sign out"); Accessible.name: qsTr("Sign out %1").arg(entry.name); onClicked: section.sharing.endGuest(entry.id) }
                }
            }
        }
    }
}
