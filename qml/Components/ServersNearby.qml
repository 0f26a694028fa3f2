import QtQuick
import QtQuick.Templates as T
import Marea

// Servers that were found in this network, to be chosen. Nothing where there are none.
Column {
    id: section
    required property var servers   // NearbyServers
    property bool busy: false
    signal chosen(string address, string known)   // `known`: the address of the known server that it may be, as the row says; else empty
    readonly property int rowHeight: 52
    visible: servers.count > 0
    spacing: 4

    Label { width: parent.width; text: qsTr("On this network"); color: Theme.secondary; font.pixelSize: Theme.tiny; weight: Font.Medium }
    Flickable {
        id: view
        width: parent.width
        height: Math.min(rows.height, 4 * section.rowHeight)
        contentHeight: rows.height
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("On this network")
        function reveal(row) { contentY = Math.max(Math.min(contentY, row.y), row.y + row.height - height) }
        Column {
            id: rows
            width: parent.width
            Repeater {
                model: section.servers
                T.AbstractButton {
                    id: row
                    required property string name
                    required property string address
                    required property int claim   // 0: none, 1: nobody can tell, 2: it is not true
                    required property string knownName
                    required property string knownAddress
                    readonly property string note: claim === 1 ? qsTr("Says that it is %1, which you know at %2. Marea cannot make sure of that. Go there only if you know that it has moved; you sign in anew.").arg(knownName).arg(knownAddress)
                        : claim === 2 ? qsTr("Says that it is %1, but does not have its certificate. Take it for another one.").arg(knownName) : ""
                    width: rows.width
                    height: Math.max(section.rowHeight, words.height + 12)
                    hoverEnabled: true
                    enabled: !section.busy
                    focusPolicy: Qt.StrongFocus
                    Accessible.role: Accessible.Button
                    Accessible.name: name + ", " + address + (note === "" ? "" : ", " + note)
                    Accessible.onPressAction: clicked()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    onClicked: section.chosen(address, claim === 1 ? knownAddress : "")
                    onActiveFocusChanged: if (activeFocus) view.reveal(row)
                    background: Rectangle {
                        radius: Theme.radiusControl
                        color: row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
                        FocusRing { shown: row.visualFocus; offset: 0 }
                    }
                    contentItem: Item {
                        opacity: row.enabled ? 1 : 0.5
                        Icon { id: mark; x: 12; anchors.verticalCenter: parent.verticalCenter; name: "server"; color: Theme.secondary }
                        Column {
                            id: words
                            anchors { left: mark.right; leftMargin: 12; right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
                            spacing: 2
                            Label { id: called; width: parent.width; text: row.name; weight: Font.Medium }
                            Label { id: place; width: parent.width; text: row.address; color: Theme.secondary; font.pixelSize: Theme.tiny; elide: Text.ElideMiddle }
                            Label { visible: row.note !== ""; width: parent.width; text: row.note; color: Theme.warning; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
                        }
                    }
                    Loader {
                        active: row.visualFocus && (called.truncated || place.truncated)
                        anchors.fill: parent
                        sourceComponent: Tip { visible: true; text: row.name + "\n" + row.address }
                    }
                }
            }
        }
    }
}
