import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// What runs: how far it is, how fast, and how long it still takes.
T.Popup {
    id: tray
    required property RunningWork work
    property Item returnFocus: null
    function openAt(item) {
        parent = item
        returnFocus = item
        x = Qt.binding(() => Math.round(Math.min(0, item.width - width)))
        y = item.height + 6
        open()
    }
    margins: 8
    padding: 12
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    implicitWidth: 360
    implicitHeight: Math.min(420, list.contentHeight + heading.height + 32)
    onOpened: list.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: if (returnFocus && returnFocus.visible) returnFocus.forceActiveFocus(Qt.PopupFocusReason)
    Connections { target: tray.work; function onChanged() { if (tray.work.count === 0) tray.close() } }
    background: Rectangle { radius: Theme.radiusCard; color: Theme.raised; border.width: 1; border.color: Theme.line }
    contentItem: FocusScope {
        Label { id: heading; height: 28; text: qsTr("Running"); color: Theme.secondary; font.pixelSize: Theme.tiny; weight: Font.Medium }
        ListView {
            id: list
            anchors { top: heading.bottom; left: parent.left; right: parent.right; bottom: parent.bottom }
            focus: true
            activeFocusOnTab: true
            clip: true
            spacing: 4
            boundsBehavior: Flickable.StopAtBounds
            model: tray.work
            Accessible.role: Accessible.List
            Accessible.name: heading.text
            delegate: SettingsRow {
                id: row
                required property int index
                required property string icon
                required title
                required detail
                required progress
                required property bool paused
                required property bool canPause
                required property bool canCancel
                width: ListView.view.width
                iconName: icon
                IconButton { visible: row.canPause; iconName: row.paused ? "play" : "pause"; iconSize: 16; color: Theme.secondary; text: row.paused ? qsTr("Go on: %1").arg(row.title) : qsTr("Pause: %1").arg(row.title); onClicked: tray.work.setPaused(row.index, !row.paused) }
                IconButton { visible: row.canCancel; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Call off: %1").arg(row.title); onClicked: tray.work.cancel(row.index) }
            }
        }
    }
}
