import QtQuick
import Marea
import Marea.App

// One paired computer: how far it is, what it may see, what has been, and the end of it.
FocusScope {
    id: page
    required property AppContext app
    required property string peerId
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property PeersViewModel peers: app.peers
    readonly property var peer: peers.paired.find(one => one.id === peerId) ?? null

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    EmptyState {
        anchors.fill: parent
        visible: page.peer === null
        iconName: "monitor"
        text: qsTr("This computer is not paired any more.")
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
        actionText: qsTr("Devices")
        onAction: page.app.navigator.go("devices")
    }
    Flickable {
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        visible: page.peer !== null
        contentHeight: column.height + Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        Column {
            id: column
            width: Math.min(parent.width, 720)
            spacing: 8
            PageTitle { width: parent.width; text: page.peer ? page.peer.name : "" }
            Label { width: parent.width; text: page.peer ? page.peer.statusText : ""; color: Theme.secondary }
            Label { width: parent.width; visible: text !== ""; text: page.peer ? page.peer.errorText : ""; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            Label { width: parent.width; visible: page.peer !== null && !page.peer.reachable; text: page.peers.on ? qsTr("It has not been seen in the network yet. It syncs when it is there.") : qsTr("Syncing with other computers is off. It is turned on in the settings."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
            Flow {
                width: parent.width
                spacing: 8
                AppButton { focus: true; visible: page.peer !== null && !page.peer.syncing; enabled: page.peer !== null && page.peer.reachable; primary: true; iconName: "refresh-cw"; text: qsTr("Sync now"); onClicked: { page.peers.sync(page.peerId); if (cancel.visible) cancel.forceActiveFocus() } }
                AppButton { id: cancel; visible: page.peer !== null && page.peer.syncing; text: qsTr("Cancel"); onClicked: page.peers.cancelSync(page.peerId) }
                AppButton {
                    id: unpair
                    text: qsTr("Unpair…")
                    onClicked: { confirm.active = true; confirm.item.ask(qsTr("Unpair %1?").arg(page.peer.name), qsTr("The two do not sync any more. What each has stays."), qsTr("Unpair"), () => page.peers.unpair(page.peerId), unpair) }
                }
            }
            Label { topPadding: 16; text: qsTr("What it may see and change here"); weight: Font.Medium; Accessible.role: Accessible.Heading; Accessible.name: text }
            Flow {
                width: parent.width
                spacing: 8
                Repeater {
                    model: page.peer ? page.peer.scopes.length : 0   // they stay, with the keyboard on them, when one changes
                    Chip {
                        required property int index
                        readonly property var entry: page.peer?.scopes[index] ?? {text: "", value: "", checked: false}
                        text: entry.text
                        checkable: true
                        checked: entry.checked
                        onClicked: { page.peers.togglePeerScope(page.peerId, entry.value); checked = Qt.binding(() => entry.checked) }
                    }
                }
            }
            Label { topPadding: 16; visible: page.peer !== null && page.peer.history.length > 0; text: qsTr("History"); weight: Font.Medium; Accessible.role: Accessible.Heading; Accessible.name: text }
            Repeater {
                model: page.peer ? page.peer.history.slice(0, 12) : []
                Label { required property string modelData; width: column.width; text: modelData; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
            }
        }
    }
}
