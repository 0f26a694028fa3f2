import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// The corner that tells what runs: a scan's progress, or what needs attention. Not there when there is nothing to tell.
T.AbstractButton {
    id: button
    required property AppContext app
    property bool showText: true
    readonly property LibrariesViewModel libraries: app.libraries

    visible: libraries.scanning || libraries.broken > 0
    implicitHeight: Theme.target
    implicitWidth: visible ? row.implicitWidth + 20 : 0
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: libraries.scanning ? libraries.progressText : qsTr("%n file(s) need attention", "", libraries.broken)
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    onClicked: app.navigator.go("attention")
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
                name: button.libraries.scanning ? "activity" : "triangle-alert"
                color: button.libraries.scanning ? Theme.accent : Theme.warning
            }
            Column {
                visible: button.showText && button.libraries.scanning
                anchors.verticalCenter: parent.verticalCenter
                spacing: 4
                Label { text: button.libraries.progressText; font.pixelSize: Theme.tiny; color: Theme.secondary }
                Rectangle {
                    width: 150; height: 3; radius: 2; color: Theme.control
                    visible: button.libraries.progress >= 0
                    Rectangle { width: parent.width * Math.max(0, button.libraries.progress); height: 3; radius: 2; color: Theme.accent }
                }
            }
            Label {
                visible: button.libraries.broken > 0 && !button.libraries.scanning
                anchors.verticalCenter: parent.verticalCenter
                text: button.libraries.broken
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
