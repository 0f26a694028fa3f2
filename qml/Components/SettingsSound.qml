import QtQuick
import QtQuick.Templates
import Marea
import Marea.App

// How sound comes out.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    readonly property TuningViewModel tuning: app.tuning

    component Choices: Flow {
        id: choices
        property string name: ""
        readonly property var entries: (section.tuning.more, section.tuning.choices(name))
        width: section.width
        spacing: 8
        Repeater {
            model: choices.entries.length   // they stay, with the keyboard on them, when one is chosen
            Chip {
                required property int index
                readonly property var entry: choices.entries[index] ?? {text: "", value: "", checked: false}
                text: entry.text
                checkable: true
                checked: entry.checked
                onClicked: { section.tuning.choose(choices.name, entry.value); checked = Qt.binding(() => entry.checked) }
            }
        }
    }

    Setting {
        query: section.query
        stacked: true
        title: qsTr("Device")
        explanation: qsTr("Where the sound comes out.")
        Chip {
            id: device
            chevron: true
            iconName: "volume-2"
            text: (section.tuning.more, section.tuning.current("audio_device"))
            Accessible.name: qsTr("Device: %1").arg(text)
            onClicked: menu.openAt(device, false)
            ChoiceMenu { id: menu; title: qsTr("Device"); implicitWidth: 420; choices: (section.tuning.more, section.tuning.choices("audio_device")); onChosen: (value) => section.tuning.choose("audio_device", value) }
        }
    }
    Setting {
        query: section.query
        title: qsTr("For Marea alone")
        lacking: (section.tuning.engine, section.tuning.lacking("exclusive"))
        explanation: qsTr("Other programs are silent while something plays, and the sound reaches the device unmixed.")
        Switch {
            checked: section.tuning.exclusive
            Accessible.name: qsTr("For Marea alone")
            onClicked: { section.tuning.exclusive = !section.tuning.exclusive; checked = Qt.binding(() => section.tuning.exclusive) }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("To the receiver as it is")
        lacking: (section.tuning.engine, section.tuning.lacking("passThrough"))
        explanation: qsTr("Sound that your receiver decodes by itself. The equaliser does not change it.")
        Flow {
            width: section.width
            spacing: 8
            Repeater {
                model: [["ac3", "AC-3"], ["eac3", "E-AC-3"], ["dts", "DTS"], ["dts-hd", "DTS-HD"], ["truehd", "TrueHD"]]
                Chip {
                    required property var modelData
                    text: modelData[1]
                    checkable: true
                    checked: section.tuning.passThrough.includes(modelData[0])
                    onClicked: { section.tuning.togglePassThrough(modelData[0]); checked = Qt.binding(() => section.tuning.passThrough.includes(modelData[0])) }
                }
            }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Loudness of music")
        lacking: (section.tuning.engine, section.tuning.lacking("replayGain"))
        explanation: qsTr("By the gains in the files (ReplayGain).")
        Choices { name: "replay_gain" }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Cross-fade")
        lacking: (section.tuning.engine, section.tuning.lacking("overlap"))
        explanation: section.tuning.crossfades ? qsTr("One track goes over into the next. An album in its order stays as it was made.")
                                               : qsTr("Not while the device is for Marea alone, or the receiver decodes the sound.")
        Row {
            spacing: 12
            Slide {
                width: Math.min(260, section.width - 76)
                anchors.verticalCenter: parent.verticalCenter
                enabled: section.tuning.crossfades
                label: qsTr("Cross-fade")
                stepSize: 1 / 12
                snapMode: Slider.SnapAlways
                value: section.tuning.crossfade / 12
                onMoved: section.tuning.crossfade = Math.round(value * 12)
            }
            Label { width: 64; anchors.verticalCenter: parent.verticalCenter; text: section.tuning.crossfade > 0 ? qsTr("%n s", "seconds", section.tuning.crossfade) : qsTr("Off") }
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Equaliser")
        lacking: (section.tuning.engine, section.tuning.lacking("equaliser"))
        Column {
            width: section.width
            spacing: 12
            Choices { name: "equaliser" }
            Grid {
                visible: section.tuning.equalised
                width: parent.width
                columns: section.narrow ? 1 : 2
                columnSpacing: 24
                Repeater {
                    model: section.tuning.bands.length
                    Row {
                        id: band
                        required property int index
                        readonly property var modelData: section.tuning.bands[index]
                        spacing: 8
                        Label { width: 36; anchors.verticalCenter: parent.verticalCenter; horizontalAlignment: Text.AlignRight; text: band.modelData.text; color: Theme.secondary; font.pixelSize: Theme.tiny }
                        Slide {
                            width: 220
                            label: qsTr("%1 Hz").arg(band.modelData.text)
                            value: (band.modelData.gain + 12) / 24
                            onMoved: section.tuning.setGain(band.index, value * 24 - 12)
                        }
                        Label { width: 48; anchors.verticalCenter: parent.verticalCenter; text: qsTr("%1 dB").arg(band.modelData.gain.toFixed(0)); font.pixelSize: Theme.tiny }
                    }
                }
            }
        }
    }
}
