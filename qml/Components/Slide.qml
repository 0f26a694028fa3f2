import QtQuick
import QtQuick.Templates as T
import Marea

// A slider from 0 to 1.
T.Slider {
    id: slider
    property string label: ""
    property color ink: Theme.text
    property color track: Theme.track

    implicitHeight: Theme.target
    implicitWidth: 120
    hoverEnabled: true
    stepSize: 0.05
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Slider
    Accessible.name: label
    background: Item {
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width; height: 4; radius: 2
            color: slider.track
            Rectangle { width: slider.visualPosition * parent.width; height: 4; radius: 2; color: slider.hovered || slider.visualFocus ? Theme.accent : slider.ink }
        }
        FocusRing { shown: slider.visualFocus; offset: 0 }
    }
    handle: Rectangle {
        x: slider.visualPosition * (slider.width - width)
        anchors.verticalCenter: slider.verticalCenter
        width: 12; height: 12; radius: 6
        visible: slider.hovered || slider.pressed || slider.visualFocus
        color: slider.ink
    }
}
