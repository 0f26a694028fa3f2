import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// The corner that tells how much runs, and how far the first of it is; else what needs attention. Not there when there is
// nothing to tell.
T.AbstractButton {
    id: button
    required property AppContext app
    property bool showText: true
    readonly property LibrariesViewModel libraries: app.libraries

    readonly property RunningWork work: app.work
    readonly property bool running: work.count > 0

    visible: running || libraries.broken > 0
    implicitHeight: Theme.target
    implicitWidth: visible ? row.implicitWidth + 20 : 0
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: running ? qsTr("Running: %n", "", work.count) : qsTr("%n file(s) need attention", "", libraries.broken)
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    onClicked: if (running) { tray.active = true; tray.item.openAt(button) } else app.navigator.go("attention")
    Loader { id: tray; active: false; sourceComponent: WorkTray { work: button.work } }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.hovered ? Theme.hover : "transparent"
        FocusRing { shown: button.visualFocus; offset: 0 }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: button.running ? "arrow-up-down" : "triangle-alert"
                color: button.running ? Theme.accent : Theme.warning
            }
            Column {
                visible: button.showText && button.running
                anchors.verticalCenter: parent.verticalCenter
                spacing: 4
                Label { width: Math.min(implicitWidth, 220); text: button.work.summary; font.pixelSize: Theme.tiny; color: Theme.secondary }
                Rectangle {
                    width: 150; height: 3; radius: 2; color: Theme.control
                    visible: button.work.progress >= 0
                    Rectangle { width: parent.width * Math.max(0, button.work.progress); height: 3; radius: 2; color: Theme.accent }
                }
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: button.running ? button.work.count : button.libraries.broken
                color: Theme.secondary
                weight: Font.Medium
            }
        }
    }
    Loader {
        active: button.hovered
        anchors.fill: parent
        sourceComponent: Tip { visible: true; text: button.text; y: button.height + 4 }
    }
}
