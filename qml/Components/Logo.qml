import QtQuick
import Marea

// The mark: waves, in the accent.
Item {
    id: logo
    property int size: 28
    width: size
    height: size
    Rectangle {
        anchors.fill: parent
        radius: logo.size * 0.28
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.logoTop }
            GradientStop { position: 1; color: Theme.logoBottom }
        }
        Icon { anchors.centerIn: parent; name: "waves"; size: Math.round(logo.size * 0.64); color: Theme.pictureInk }
    }
}
