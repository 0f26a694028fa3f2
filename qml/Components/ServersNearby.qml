import QtQuick
import QtQuick.Templates as T
import Marea

// Servers that were found in this network, to be chosen. Nothing where there are none.
Column {
    id: section
    required property var servers   // of each its name and its address
    property bool busy: false
    signal chosen(string address)
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
                    width: rows.width
                    height: section.rowHeight
                    hoverEnabled: true
                    enabled: !section.busy
                    focusPolicy: Qt.StrongFocus
                    Accessible.role: Accessible.Button
                    Accessible.name: name + ", " + address
                    Accessible.onPressAction: clicked()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    onClicked: section.chosen(address)
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
                            anchors { left: mark.right; leftMargin: 12; right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
                            spacing: 2
                            Label { id: called; width: parent.width; text: row.name; weight: Font.Medium }
                            Label { id: place; width: parent.width; text: row.address; color: Theme.secondary; font.pixelSize: Theme.tiny; elide: Text.ElideMiddle }
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
